"""Our words over allauth's: complete, in the manner of the house, one word for one thing."""

import re
from pathlib import Path

import allauth
import pytest
from django.conf import settings
from django.utils import translation

from ashar.web import catalogues
from tests.ashar.accounts import signing_in

THEIRS = Path(allauth.__file__).parent
MET = ("account", "mfa", "templates/account", "templates/mfa")
CAPITAL_YOU = re.compile(r"(?<!^)(?<![.!?]\s)(?<!\n\n)\b(?:Вы|Вас|Вам|Вами|Ваш(?:а|е|и|у|ей|его|ему|им|их|ими|ем)?)\b")
# Half-translated, misspelt, or a word that the site does not use for the thing.
SLIPS = re.compile(
    r"клюей|Доступнен|\bи и\b|прикреплен\b|подтвержден\b|изменен\b|[Уу]дален\b|приложени\w+ [Аа]утентификатор|аккаунт"
    r"|и/или|успешно|ключ\w* безопасности|passkey|\"Спам\"|символ|опционально",
    re.IGNORECASE,
)


def ours(language):
    path = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"
    return [message for message in catalogues.read(path, language) if message.id]


def theirs(language=None):
    """Return allauth's messages: those of its pages and letters, or its whole catalogue in `language`."""
    if language:
        path = THEIRS / "locale" / language / "LC_MESSAGES" / "django.po"
        return {(message.context, key(message)): message for message in catalogues.read(path, language)}
    found = {}
    for part in MET:
        found |= {(each.context, key(each)): each for each in catalogues.messages_of(THEIRS / part) if each.id}
    return found


def key(message):
    return message.id if isinstance(message.id, str) else message.id[0]


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_every_sentence_of_allauth_that_a_person_meets_is_translated(language):
    translated = {(message.context, key(message)) for message in ours(language) if message.string}
    translated |= {where for where, message in theirs(language).items() if message.string and not message.fuzzy}
    assert sorted(str(missing) for missing in theirs().keys() - translated) == []


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_our_wording_is_of_sentences_that_allauth_still_says(language):
    gone = {(message.context, key(message)) for message in ours(language)} - theirs().keys()
    assert gone == set()


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_our_wording_keeps_the_placeholders(language):
    for message in ours(language):
        [wanted] = {frozenset(catalogues.PLACEHOLDER.findall(text)) for text in texts(message.id)}
        assert {frozenset(catalogues.PLACEHOLDER.findall(text)) for text in texts(message.string)} == {wanted}


def texts(said):
    return (said,) if isinstance(said, str) else said


def heard(language, *, count=1):
    """Return every sentence of allauth's as a person meets it in `language`: our wording over allauth's own."""
    with translation.override(language):
        return {
            key(message): translation.ngettext(*message.id, count)
            if message.pluralizable
            else translation.gettext(message.id)
            for message in theirs().values()
        }


def test_russian_says_you_in_small_letters():
    """A capital only begins a sentence: the text, what follows a full stop or an empty line."""
    assert {asked: said for asked, said in heard("ru").items() if CAPITAL_YOU.search(said)} == {}
    assert CAPITAL_YOU.findall("Подтвердите Ваш адрес. Вы вошли, и мы напишем Вам.") == ["Ваш", "Вам"]


def test_russian_has_no_slips_and_no_words_of_another_house():
    said = heard("ru")
    assert {asked: text for asked, text in said.items() if SLIPS.search(text)} == {}


@pytest.mark.parametrize(("language", "word"), [("ky", "эки кадам"), ("ru", "двухфактор"), ("en", "two-factor")])
def test_a_second_factor_has_one_name_on_every_page(language, word):
    assert {asked: text for asked, text in heard(language).items() if word in text.lower()} == {}
    with translation.override(language):
        assert translation.gettext("Two-Factor Authentication") == translation.gettext("Second factor")


@pytest.mark.parametrize(
    ("language", "keys"),
    [
        ("ky", ["Сизде {} кирүү ачкычы бар."] * 4),
        (
            "ru",
            ["У вас {} ключ доступа.", "У вас {} ключа доступа.", "У вас {} ключей доступа.", "У вас {} ключ доступа."],
        ),
        ("en", ["You have {} passkey.", *["You have {} passkeys."] * 3]),
    ],
)
def test_passkeys_are_counted_as_people_count(language, keys):
    counts = (1, 2, 5, 21)
    said = [heard(language, count=count)["You have added %(count)s security key."] for count in counts]
    assert [text % {"count": count} for text, count in zip(said, counts, strict=True)] == [
        text.format(count) for text, count in zip(keys, counts, strict=True)
    ]


def test_russian_counts_recovery_codes_in_three_forms():
    asked = "There is %(unused_count)s out of %(total_count)s recovery codes available."
    said = [heard("ru", count=count)[asked] % {"unused_count": count, "total_count": 30} for count in (1, 2, 5, 11, 21)]
    assert said == [
        "Остался 1 код восстановления из 30.",
        "Осталось 2 кода восстановления из 30.",
        "Осталось 5 кодов восстановления из 30.",
        "Осталось 11 кодов восстановления из 30.",
        "Остался 21 код восстановления из 30.",
    ]


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_our_wording_has_a_form_for_every_count(language):
    """A form may not be missing, and none may say what another does but where the language has one alone."""
    wanted = {"ky": 1, "ru": 3, "en": 2}[language]
    for message in ours(language):
        if message.pluralizable:
            assert (len(message.string), len(set(message.string))) == (wanted, wanted)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_who_is_told_to_write_to_us_is_told_where(client, db, language):
    for name in ("account_reset_password", "account_reset_password_done"):
        page = client.get(signing_in.address(name, language)).content.decode().split("<main")[1].split("</main")[0]
        assert page.count(f'href="/{language}/contact/"') == 1


def test_russian_signs_up_with_a_verb(client, db):
    page = client.get(signing_in.address("account_signup", "ru")).content.decode()
    assert re.findall(r'<button class="button"[^>]*>\s*(.*?)\s*</button>', page.split("<main")[1]) == [
        "Зарегистрироваться"
    ]


def test_russian_asks_for_a_code_and_writes_an_account_in_one_way(client, db):
    page = client.get(signing_in.address("account_request_login_code", "ru")).content.decode()
    assert ("Запросить код" in page, "Код запроса" in page) == (True, False)
    with translation.override("ru"):
        told = {translation.gettext(key(message)) for message in theirs().values()}
    assert [sentence for sentence in told if "четн" in sentence.lower()] == []


@pytest.mark.parametrize(("language", "said"), [("ky", "Сырсөз"), ("ru", "Пароль"), ("en", "Password")])
def test_one_word_for_one_thing(language, said):
    with translation.override(language):
        assert translation.gettext("Password") == said


def test_kyrgyz_says_password_and_mail_as_people_do():
    said = " ".join(text for message in ours("ky") for text in texts(message.string)).lower()
    assert [word for word in ("купуя", "эмейл", "passkey", "дуруст", "жана/же") if word in said] == []
