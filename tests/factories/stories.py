"""A page with every block that a story can hold, all of its words chosen by the test. No database is asked."""

from typing import Any

from django.template import Context, Template
from django.utils.safestring import SafeString
from wagtail.models import Locale

from cms.blocks.story import StoryBlock
from cms.models import Contact, Figure, Partner
from tests.factories.articles import MONDAY, table

# What lists rows of the database is told by the templates that show one row: see `snippets`.
OF_ROWS = {"picture", "gallery", "document", "projects", "associations", "calls", "known_contacts", "known_figures", "partners",
           "answers"}  # fmt: skip


PAGE = """{% extends "base.html" %}{% block main %}<h1>{{ words }}</h1><p class="lead">{{ words }}</p>{{ body }}
{% for template, object in snippets %}{% include template %}{% endfor %}
{% include "components/card.html" with title=words text=words meta=words href="/" %}
{% include "cms/article_card.html" with article=card %}{% include "components/person.html" with name=words role=words %}
{% include "components/notice.html" with title=words text=words href="/" label=words %}{% endblock %}"""


def page(words: str, address: str, email: str) -> str:
    """Return a whole page in the active language: title and lead, every block, every snippet, cards."""
    told = {"body": body(words, address, email), "snippets": snippets(words, address, email)}
    card = {"href": "/", "title": words, "lead": words, "at": MONDAY}
    return Template(PAGE).render(Context({"words": words, "card": card, **told}))


def body(words: str, address: str, email: str) -> SafeString:
    """Return every block of a story that asks no row, drawn."""
    block = StoryBlock()
    told = values(words, address, email)
    assert set(told) | OF_ROWS == set(block.child_blocks)
    value = block.to_python([{"type": kind, "value": value} for kind, value in told.items()])
    return block.render(value)


def values(words: str, address: str, email: str) -> dict[str, Any]:
    """Return what each block is told."""
    rows = table([words, words], [words, "5,5"], [words, "12"])
    return {
        "text": f"<h2>{words}</h2><p>{words} <a href='{address}'>{address}</a></p><ul><li>{words}</li></ul>",
        "callout": {"kind": "warning", "title": words, "text": email},
        "quote": {"words": words, "who": words, "role": words},
        "steps": {"steps": [{"title": words, "text": address}, {"title": "Казуу", "text": words}]},
        "timeline": {"rows": [{"on": "2026-09-12", "title": words, "text": words}]},
        "video": {"title": words, "address": address, "minutes": 3},
        "figure_box": {"figure": "40", "what": words, "year": 2026, "source": words, "address": address},
        "table": {"caption": words, "cells": rows, "source": words},
        "chart": {"title": words, "kind": "bar", "cells": rows, "source": words},
        "map": {"title": words, "marks": [{"oblast": "417-02", "number": 3}], "source": words},
        "contacts": {"name": words, "purpose": words, "phone": "+996 312 000 000", "email": email, "address": words},
    }


def snippets(words: str, address: str, email: str) -> list[tuple[str, Any]]:
    """Return every kind of snippet with the template that shows it, unsaved."""
    locale = Locale(language_code="ru")
    figure = Figure(measure=words, value="30.5", unit=words, year=2026, definition=words, source=words)
    kept = [
        Contact(name=words, purpose=words, hours=words, email=email, address=words),
        Partner(name=words, work=words, link=address),
        figure,
    ]
    for each in kept:
        each.locale = locale
    return [(each.template, each) for each in kept]
