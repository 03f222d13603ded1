"""A real load of a small demo: through the sandbox, with honest books, and twice is once."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from ashar.ledger import checking
from ashar.ledger import queries as books
from ashar.outbox.models import Delivery
from ashar.payments.models import Dispute, Movement, Payment, Refund
from cms.demo import givers, loading, rail
from cms.models import AssociationPage, ProjectPage
from diaspora import covers
from diaspora.models import Association, BudgetLine, Gift, MatchPool, Project, Receipt
from tests.cms.demo.conftest import TWO

# What a second load may touch: nothing but the clocks of those who look.
OUT_OF_COUNT = {"sessions.Session"}


def rows() -> dict[str, int]:
    """How many rows each of our tables and Wagtail's pages has."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.managed and model._meta.label not in OUT_OF_COUNT
    }


@pytest.fixture
def loaded(two_projects, monkeypatch):
    monkeypatch.setattr(rail, "RETURNED", {"full refund": 0, "half refund": 2, "dispute": 4, "dispute won": 6})
    said = []
    loading.load(at=timezone.now(), say=said.append)
    return said


class TestLoad:
    """One load is many seconds, so one test looks at all of it from one side."""

    def test_brings_an_honest_village(self, loaded, client):
        assert checking.check() == []
        self._projects_have_what_they_want()
        self._every_gift_went_through_the_card_service()
        self._some_came_back()
        self._nothing_is_left_undone()
        self._covers_are_drawn()
        self._pages_show_it(client)
        self._a_second_load_changes_nothing()

    @staticmethod
    def _projects_have_what_they_want():
        water, light = (Project.objects.get(slug=slug) for slug in TWO)
        figures = books.figures([water.fund, light.fund])
        has = {slug: figures[project.fund_id] for slug, project in zip(TWO, (water, light), strict=True)}
        assert (water.state, light.state) == ("open", "funded")
        assert min(has[slug].given.minor for slug in TWO) > 0
        assert min(has[slug].matched.minor for slug in TWO) > 0
        assert BudgetLine.objects.filter(project=water, unit_minor__isnull=False).count() == 3
        assert (Association.objects.count(), MatchPool.objects.count()) == (1, 2)

    @staticmethod
    def _every_gift_went_through_the_card_service():
        assert Gift.objects.count() == Payment.objects.filter(state="settled").count() == 7
        charges = Movement.objects.filter(kind="charge")
        assert charges.count() == Gift.objects.count() == Receipt.objects.count()
        assert charges.filter(fee_som_minor__lte=0).count() == 0
        assert Gift.objects.exclude(name__endswith="(demo)").count() == 0
        assert Gift.objects.filter(email=givers.ACCOUNT, donor=None).count() == 0

    @staticmethod
    def _some_came_back():
        assert Refund.objects.filter(reason=rail.REASON).count() == 2
        assert sorted(Dispute.objects.values_list("state", flat=True)) == ["open", "won"]
        assert "dispute_reinstated" in Movement.objects.values_list("kind", flat=True)

    @staticmethod
    def _nothing_is_left_undone():
        assert set(Delivery.objects.values_list("state", flat=True)) == {"done"}

    @staticmethod
    def _covers_are_drawn():
        names = [name for slug in TWO for name in covers.names(f"covers/{slug}.jpg")]
        assert [name for name in names if not default_storage.exists(name)] == []

    @staticmethod
    def _pages_show_it(client):
        assert (ProjectPage.objects.count(), AssociationPage.objects.count()) == (6, 3)
        for slug in TWO:
            assert client.get(f"/ky/projects/{slug}/").status_code == 200
        assert "covers/clean-water-for-kochkor-card.jpg" in client.get("/ru/projects/").content.decode()

    @staticmethod
    def _a_second_load_changes_nothing():
        before = rows()
        loading.load(at=timezone.now(), say=lambda _step: None)
        after = rows()
        changed = {label: (before[label], after[label]) for label in before if before[label] != after[label]}
        assert changed == {}


class TestWithoutGifts:
    """As above: one load, by the command, looked at from all sides."""

    def test_brings_a_village_where_nobody_has_given(self, two_projects, capsys):
        call_command("demo", "--without-gifts")
        self._it_says_each_step(capsys.readouterr().out.splitlines())
        self._nobody_has_given()
        self._the_leader_leads_the_first_association()
        self._a_lost_picture_is_drawn_again()

    @staticmethod
    def _it_says_each_step(said):
        assert said == [
            "  rates and page trees",
            "  people to sign in as",
            "  associations and projects",
            "  news",
            "  guides",
            "  calls",
            "  practices and events",
            "  questions, figures, contacts and partners",
            "  the association that the demo's leader leads",
            "The demo is loaded.",
        ]

    @staticmethod
    def _nobody_has_given():
        assert (Gift.objects.count(), Payment.objects.count()) == (0, 0)
        assert Project.objects.filter(state="open").count() == 2
        assert checking.check() == []

    @staticmethod
    def _the_leader_leads_the_first_association():
        leadership = Association.objects.get().leaderships.get()
        assert leadership.person.email == "leader@demo.example"

    @staticmethod
    def _a_lost_picture_is_drawn_again():
        cover, card = f"covers/{TWO[0]}.jpg", f"covers/{TWO[0]}-card.avif"
        kept = Path(default_storage.path(cover)).read_bytes()
        default_storage.delete(card)
        loading.load(at=timezone.now(), say=lambda _step: None, with_gifts=False)
        assert Path(default_storage.path(cover)).read_bytes() == kept
        assert default_storage.exists(card)


def test_does_not_mix_with_real_money(settings, db):
    settings.DEMO = False
    with pytest.raises(CommandError, match="does not mix with real money"):
        call_command("demo")
    assert Project.objects.count() == 0
