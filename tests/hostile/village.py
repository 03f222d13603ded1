"""One village with everything that can be looked at, and one person of every kind who looks."""

import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from ashar.accounts import admitting, roles
from ashar.accounts.models import User
from ashar.ledger.models import Journal
from ashar.money import Money, rates
from ashar.notices.models import InboxItem, MailboxMessage
from ashar.outbox import delivering
from ashar.payments import refunds
from ashar.payments.models import Refund, WebhookEvent
from cms import trees
from cms.models import (
    ArticlePage,
    Contact,
    EventIndexPage,
    EventPage,
    Figure,
    GuideIndexPage,
    GuidePage,
    HomePage,
    LandingPage,
    NewsIndexPage,
    Partner,
    PracticeIndexPage,
    PracticePage,
    Topic,
)
from cms.snippets.snippet import Snippet
from diaspora import associations, receipts
from diaspora.models import Gift, Project
from grants.models import Call
from tests.ashar.accounts import signing_in
from tests.badinput import files
from tests.factories.associations import AssociationFactory
from tests.factories.calls import DraftCallFactory, OpenCallFactory
from tests.factories.gifts import ReceivedGiftFactory, StartedGiftFactory
from tests.factories.moments import NOON
from tests.factories.people import PersonFactory
from tests.factories.pools import PoolFactory
from tests.factories.projects import ClosedProjectFactory, DraftProjectFactory, OpenProjectFactory
from tests.factories.snippets import snippet

LANGUAGES = ("ky", "ru", "en")
NEVER = datetime(2099, 1, 1, tzinfo=UTC).date()  # pages ask for the day of today; this one does not come
PASSWORD = "tulpar-jaiyloo-77"

ANONYMOUS, GIVER, OTHER_GIVER = "anonymous", "giver", "other giver"
UNPROVED_ADMINISTRATOR, ADMINISTRATOR = "administrator without a second factor", "administrator"
STAFF = (roles.EVALUATOR, roles.EDITOR, roles.FINANCE_OFFICER, roles.AUDITOR, roles.AUTHOR, roles.PROOFREADER)
KYRGYZ_EDITOR = roles.EDITORS["ky"]  # the village's page is Russian
WHO = (ANONYMOUS, GIVER, OTHER_GIVER, roles.ASSOCIATION_LEADER, *STAFF, UNPROVED_ADMINISTRATOR, ADMINISTRATOR)


@dataclass
class Village:
    """A school that takes gifts, one still secret, one that is over; gifts of several people, officers' papers, and calls."""

    school: Project
    draft: Project
    closed: Project
    gift: Gift
    others_gift: Gift
    unpaid_gift: Gift
    refund: Refund
    event: WebhookEvent
    call: Call
    open_call: Call
    people: dict[str, User] = field(default_factory=dict)

    def enter(self, who: str, **client_facts: object) -> Client:
        """Return a browser in which `who` is signed in, past the second factor where they have one."""
        client = Client(raise_request_exception=False, **client_facts)
        if who == ANONYMOUS:
            return client
        person = self.person(who)
        if who in {*STAFF, *roles.EDITORS.values(), ADMINISTRATOR}:
            signing_in.as_staff(client, person)
        else:
            client.force_login(person)
        return freshly(client, person)

    def person(self, who: str) -> User:
        """Return the person of a kind, admitted when first asked for."""
        if who not in self.people:
            self.people[who] = _admitted(who, self)
        return self.people[who]

    @cached_property
    def journal(self) -> Journal:
        """The charge of the giver's gift."""
        return self.gift.payment.movements.get().journal

    @cached_property
    def notice(self) -> InboxItem:
        """What the giver was told."""
        return InboxItem.objects.filter(person=self.people[GIVER]).first()

    @cached_property
    def mail(self) -> MailboxMessage:
        """A mail in the demo's mailbox."""
        facts = {
            "sender": "a@example.org",
            "to": "b@example.org",
            "subject": "Letter",
            "text": "Text",
            "html": "<p>Text",
        }
        return MailboxMessage.objects.create(message_id="<1@example.org>", received_at=NOON, **facts)

    @cached_property
    def picture(self) -> AbstractImage:
        """A picture that nobody of the village uploaded."""
        file = ContentFile(files.picture(), name="village.png")
        return get_image_model().objects.create(title="Village", file=file)

    @cached_property
    def paper(self) -> AbstractDocument:
        """A document that nobody of the village uploaded."""
        return get_document_model().objects.create(title="Paper", file=ContentFile(b"Paper", name="paper.txt"))

    @cached_property
    def redirect(self) -> Redirect:
        """An old address of the news."""
        return Redirect.objects.create(old_path="/ru/roof", redirect_link="/ru/news/roof/")

    @cached_property
    def topic(self) -> Topic:
        """What articles are about."""
        return Topic.objects.create(slug="schools", title_ky="Мектеп", title_ru="Школы", title_en="Schools")

    @cached_property
    def article(self) -> ArticlePage:
        """A piece of news in Russian alone."""
        index = NewsIndexPage.objects.get(locale__language_code="ru")
        words = {"title": "Крыша готова", "lead": "До зимы.", "body": [("text", "<p>Крыша больше не течёт.</p>")]}
        return index.add_child(instance=ArticlePage(slug="roof", first_published_at=NOON, **words))

    @cached_property
    def guide(self) -> GuidePage:
        """A guide in Russian alone."""
        index = GuideIndexPage.objects.get(locale__language_code="ru")
        words = {"title": "Перед отъездом", "lead": "Что проверить.", "body": [("text", "<p>Договор.</p>")]}
        checked = {"stage": "prepare", "checked_on": NOON.date(), "checked_by": "Айжан"}
        return index.add_child(instance=GuidePage(slug="leaving", first_published_at=NOON, **words, **checked))

    @cached_property
    def practice(self) -> PracticePage:
        """A programme of another country, in Russian alone."""
        index = PracticeIndexPage.objects.get(locale__language_code="ru")
        words = {"title": "3x1", "lead": "Клубы.", "matching": "Четыре доли.", "lesson": "Открытый путь."}
        facts = {"country": "MX", "since": 2002, "sources": [("source", {"title": "Каталог"})]}
        return index.add_child(instance=PracticePage(slug="3x1", first_published_at=NOON, **words, **facts))

    @cached_property
    def event_page(self) -> EventPage:
        """A meeting, in Russian alone."""
        index = EventIndexPage.objects.get(locale__language_code="ru")
        facts = {
            "starts_at": NOON,
            "ends_at": datetime.combine(NEVER, NOON.timetz()),
            "zone": "Asia/Seoul",
            "place": "Ансан",
        }
        page = EventPage(slug="meeting", title="Встреча", lead="Земляки.", first_published_at=NOON, **facts)
        return index.add_child(instance=page)

    @cached_property
    def landing(self) -> LandingPage:
        """A free page, in Russian alone."""
        home = HomePage.objects.get(locale__language_code="ru")
        words = {"title": "Об Ашаре", "lead": "Соседи.", "body": [("text", "<p>Строят дом.</p>")]}
        return home.add_child(instance=LandingPage(slug="about", first_published_at=NOON, locale=home.locale, **words))

    @cached_property
    def snippets(self) -> dict[str, Snippet]:
        """A contact, a partner and a figure, in Russian alone."""
        return {kind.__name__.lower(): snippet(kind) for kind in (Contact, Partner, Figure)}

    @property
    def receipt(self) -> str:
        """The signed number of the giver's receipt."""
        return receipts.sign(self.gift.receipt)

    def public_pages(self) -> list[str]:
        """Return every page that an unknown reader finds by links, in every language, and the probes."""
        return [
            *(page for language in LANGUAGES for page in self._pages_in(language)),
            *("/healthz", "/readyz", "/en/demo/people/"),
        ]

    def own_pages(self) -> list[str]:
        """Return the pages known only to who has their secret address."""
        found = []
        for language in LANGUAGES:
            with translation.override(language):
                gifts = [reverse("gift", args=[gift.pk]) for gift in (self.gift, self.others_gift, self.unpaid_gift)]
                found += [*gifts, reverse("receipt", args=[self.receipt])]
        return found

    def _pages_in(self, language: str) -> list[str]:
        with translation.override(language):
            of_projects = [
                reverse(name, args=[project.slug])
                for project in (self.school, self.closed)
                for name in ("give", "trail", "trail-csv")
            ]
            named = [reverse(name) for name in ("styleguide", "account_login", "account_signup", "account_reset_password",
                                                "account_request_login_code")]  # fmt: skip
        places = ("", "projects/", "projects/?page=1", "projects/?state=open", f"projects/{self.school.slug}/",
                  f"projects/{self.closed.slug}/", "associations/", f"associations/{self.school.association.slug}/", "news/", f"news/{self.article.slug}/",
                  "people/", "guides/", "guides/?stage=abroad&country=RU", f"guides/{self.guide.slug}/", "faq/", "statistics/", "practices/", f"practices/{self.practice.slug}/", "events/", f"events/{self.event_page.slug}/", "contact/", f"{self.landing.slug}/")  # fmt: skip
        return [*of_projects, *named, *(f"/{language}/{place}" for place in places)]


def build() -> Village:
    """Build it."""
    now = timezone.now()
    rates.import_demo(at=now)
    association = AssociationFactory(slug="kochkor-seoul")
    trees.show_association(association)
    PoolFactory(slug="ministry")
    school = OpenProjectFactory(slug="school", association=association, closes_on=NEVER, story_ru="Крыша течёт.")
    draft = DraftProjectFactory(slug="secret-school", association=association)
    closed = ClosedProjectFactory(slug="old-school", association=association)
    for project in (school, draft, closed):
        trees.show_project(project)
    giver = _giver(GIVER, "giver@example.org", "Айгүл Осмонова")
    other = _giver(OTHER_GIVER, "other@example.org", "Бермет Исакова")
    gifts = [
        ReceivedGiftFactory(project=school, amount=Money(500_00, "USD"), email=giver.email, by=giver,
                            name=giver.full_name, message="Балдарга", at=now),
        ReceivedGiftFactory(project=school, email=other.email, by=other, name=other.full_name, shown_as="anonymous", at=now),
        StartedGiftFactory(project=school, email=giver.email, by=giver, name=giver.full_name, at=now),
    ]  # fmt: skip
    calls = {"call": DraftCallFactory(slug="secret-call"), "open_call": OpenCallFactory(slug="open-call")}
    trees.show_call(calls["open_call"])
    delivering.drain(now)
    village = Village(school, draft, closed, *gifts, refund=_refund(gifts[0]), event=_event(), **calls)
    village.people |= {GIVER: giver, OTHER_GIVER: other}
    return village


def freshly(client: Client, person: User) -> Client:
    """Let the person in `client` have proved who they are a moment ago, so that guarded pages open."""
    session = client.session
    proof = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [*session.get("account_authentication_methods", []), proof]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def _giver(_who: str, email: str, name: str) -> User:
    return admitting.admit(email, full_name=name, language="ru", by=None, at=NOON, password=PASSWORD)


def _admitted(who: str, village: Village) -> User:
    email = f"{who.replace(' ', '-')}@staff.example.org"
    if who in {ADMINISTRATOR, UNPROVED_ADMINISTRATOR}:
        return User.objects.create_superuser(email=email, password=PASSWORD)
    person = PersonFactory(email=email, role=who)
    if who == roles.ASSOCIATION_LEADER:
        associations.appoint(village.school.association, person=person, by=None, at=NOON)
    return person


def _refund(gift: Gift) -> Refund:
    colleague = PersonFactory(email="colleague@staff.example.org", role=roles.FINANCE_OFFICER)
    return refunds.request(
        gift.payment, amount=Money(300_00, "USD"), reason="Ошибка", by=colleague, token=uuid.uuid4(), at=NOON
    )


def _event() -> WebhookEvent:
    facts = {"event_id": "evt_1", "type": "charge.updated", "livemode": False, "object_id": "ch_1", "payload": "{}"}
    state = {"state": "quarantined", "reason": "unknown_object", "attempts": 1}
    return WebhookEvent.objects.create(**facts, **state, **dict.fromkeys(("created_at", "received_at", "due_at"), NOON))
