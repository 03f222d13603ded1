"""What the site says, looked up in its own catalogues: a sentence that has no translation does not count."""

import requests
from django.utils import translation
from django.utils.translation import gettext

from tests.faults.giver import main_of

LANGUAGES = ("ky", "ru")


def says(response: requests.Response, sentence: str, language: str) -> bool:
    """Tell whether the main part of a page says the English `sentence` in `language`."""
    with translation.override(language):
        translated = gettext(sentence)
    assert translated != sentence, f"{language} has no words for: {sentence}"
    return " ".join(translated.split()) in main_of(response)
