"""Fills the demo's pages that stand once in each tree, while they are still empty. Idempotent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cms.demo import content, writing
from cms.models import ContactPage, FaqPage, StatisticsPage
from cms.pages.single import Single

Entry = Mapping[str, Any]


def load(*, at: datetime) -> None:
    """Write what is not there yet; a page in which an editor has written anything stays as it is."""
    for faq in FaqPage.objects.select_related("locale"):
        if not faq.groups:
            faq.groups = writing.body(map(_group, content.questions()), faq.locale.language_code)
            _publish(faq, at=at)
    for figures in StatisticsPage.objects.select_related("locale"):
        if not figures.measures:
            figures.measures = writing.body(map(_measure, content.statistics()), figures.locale.language_code)
            _publish(figures, at=at)
    for contact in ContactPage.objects.select_related("locale"):
        if not contact.body:
            contact.body = writing.body(content.contact_page(), contact.locale.language_code)
            _publish(contact, at=at)


def _publish(page: Single, *, at: datetime) -> None:
    page.first_published_at = page.last_published_at = at
    page.save()


def _group(entry: Entry) -> Entry:
    return {"type": "group", "value": {**entry, "questions": [_question(each) for each in entry["questions"]]}}


def _question(entry: Entry) -> Entry:
    told = {"question": entry["question"], "answer": entry["answer"]}
    return {"type": "item", "id": writing.name_of(f"faq/{entry['slug']}"), "value": told}


def _measure(entry: Entry) -> Entry:
    blank = {"up_to": "", "address": ""}
    figures = [
        {"type": "item", "id": writing.name_of(f"statistics/{entry['title']['en']}/{place}"), "value": blank | each}
        for place, each in enumerate(entry["figures"])
    ]
    return {"type": "measure", "value": {**entry, "figures": figures}}
