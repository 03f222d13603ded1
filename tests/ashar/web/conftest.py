"""Pages of the site as a browser gets them."""

from html.parser import HTMLParser

import pytest
from django.test import RequestFactory

from ashar.web import catalogues

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext_lazy, pgettext_lazy, gettext_noop

# Translators: said at the gate
HELLO = _("Hello")
LATER = gettext_lazy("Come %(when)s")
GIFTS = ngettext_lazy("%(count)d gift", "%(count)d gifts", "count")
MAY = pgettext_lazy("month", "May")
NEVER = gettext_noop("Never " "mind")
NOT_A_MESSAGE = "Not this"
"""

TEMPLATE = """{% load i18n %}<p title='{% translate "Gate" %}'>it's {% translate "May" context "verb" %}
      {{ name|default:_("Nobody") }}
  {% blocktranslate count n=gifts trimmed %}
    One gift of {{ name }}
  {% plural %}
    {{ n }} gifts of {{ name }}
  {% endblocktranslate %}</p>
"""

MAIL = "{% load i18n %}{% translate 'Your gift' %}\n"

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


class Page(HTMLParser):
    """Elements of a page in order, as (tag, attributes), its text, and the tags that were opened or closed wrongly."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.text, self.pieces, self.wrong, self.open = [], "", [], [], []
        self.feed(html)
        self.wrong += self.open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.wrong.append(f"/{tag}")

    def handle_data(self, data):
        self.text += data
        self.pieces.append(data)
        if self.open and self.open[-1] == "title":
            self.title = data

    @property
    def words(self):
        return " ".join(" ".join(self.pieces).split())

    def all(self, tag, **wanted):
        return [
            attrs
            for name, attrs in self.elements
            if name == tag
            and all(attrs.get(key.rstrip("_").replace("_", "-")) == value for key, value in wanted.items())
        ]

    def one(self, tag, **wanted):
        (found,) = self.all(tag, **wanted)
        return found


@pytest.fixture
def read():
    """Parse HTML."""
    return Page


@pytest.fixture
def request_to():
    """Make a request as a middleware-free view gets it."""
    return RequestFactory().get


@pytest.fixture
def village(tmp_path):
    """An app with messages in Python, a page and a mail, and with what must be left alone."""
    for name, text in {
        "gate.py": PYTHON,
        "templates/gate.html": TEMPLATE,
        "templates/mail.txt": MAIL,
        "migrations/0001.py": "_('Migrated')",
        "templates/gate.css": "_('Styled')",
        "notes.txt": "{% translate 'Noted' %}",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def translate(village, language, **texts):
    """Write translations the way a person does, by msgid."""
    path = catalogues.path_of(village, language)
    catalogue = catalogues.read(path, language)
    for message in catalogue:
        text = texts.get(message.id if isinstance(message.id, str) else message.id[0])
        if text is not None:
            message.string = text
    catalogues._write(path, catalogue)


def everything(language):
    return {
        "Hello": "Салам",
        "Come %(when)s": "Келиңиз: %(when)s",
        "%(count)d gift": ("%(count)d салым",) * catalogues.PLURALS[language][0],
        "May": "Май",
        "Never mind": "Эч нерсе эмес",
        "Gate": "Дарбаза",
        "Nobody": "Эч ким",
        "One gift of %(name)s": ("%(n)s салым: %(name)s",) * catalogues.PLURALS[language][0],
        "Your gift": "Салымыңыз",
    }


@pytest.fixture
def translated(village):
    catalogues.update(village)
    for language in catalogues.LANGUAGES:
        translate(village, language, **everything(language))
    return village


def edit(village, language, old, new):
    path = catalogues.path_of(village, language)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
