"""Contacts, partners, figures, maps and landing pages whose every word an enemy wrote: all of it is shown, none of it acts."""

import html

from django.urls import reverse

from ashar.accounts import roles
from cms.models import Contact, Figure, HomePage, LandingPage, Partner, PersonIndexPage, PersonPage
from tests.factories.snippets import snippet
from tests.hostile import reading
from tests.hostile.test_articles import LINES, words
from tests.hostile.village import ANONYMOUS, Village

ELSEWHERE = "https://example.org/"
SAID = [words(line) for line in LINES]


def story(said: str, person: PersonPage) -> list[tuple[str, object]]:
    """One of each block that shows what is written once, saying the same thing wherever it can."""
    contact = snippet(Contact, name=said, purpose=said, hours=said, address=said)
    partner = snippet(Partner, name=said, work=said)
    figure = snippet(Figure, measure=said, unit=said[:60], definition=said, source=said)
    return [
        ("known_contacts", {"title": said, "contacts": [contact]}),
        ("partners", {"title": said, "partners": [partner]}),
        ("known_figures", {"title": said, "figures": [figure]}),
        ("answers", {"title": said, "answers": [{"matter": said, "person": person, "contact": contact}]}),
        ("map", {"title": said, "marks": [{"oblast": "41704000000000", "number": 1}], "source": said}),
    ]


def test_whatever_they_say_is_words(village: Village):
    home = HomePage.objects.get(locale__language_code="ru")
    people = PersonIndexPage.objects.get(locale__language_code="ru")
    person = people.add_child(instance=PersonPage(title=SAID[0], slug="hostile", role=SAID[0]))
    body = [block for said in SAID for block in story(said, person)]
    ways = [("way", {"label": said[:60], "address": ELSEWHERE}) for said in SAID[:4]]
    page = LandingPage(slug="hostile", title=SAID[0], lead=SAID[0], body=body, ways=ways, locale=home.locale)
    home.add_child(instance=page)

    public = reading.body(village.enter(ANONYMOUS).get("/ru/hostile/"))
    assert [fault for fault in reading.faults(public) if not fault.endswith(ELSEWHERE)] == []
    assert [said for said in SAID if said not in html.unescape(public)] == []
    editor = village.enter(roles.EDITOR)
    assert reading.broke_out(reading.body(editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))) == []
    for kind in ("contact", "partner", "figure"):
        assert (
            reading.broke_out(reading.body(editor.get(reverse(f"wagtailsnippets_cms_{kind}:list") + "?locale=ru")))
            == []
        )
