"""What is written for the demo is whole: thirty projects in every oblast, three languages, budgets that add up."""

from collections import Counter

import pytest

from ashar.language import LANGUAGES
from ashar.money import Money
from ashar.places import queries as places
from ashar.places.models import HostCity, Region
from cms.demo import content, givers, pictures
from diaspora.states import ProjectState

OBLASTS = {
    "41702000000000": "Issyk-Kul", "41703000000000": "Jalal-Abad", "41704000000000": "Naryn", "41705000000000": "Batken",
    "41706000000000": "Osh", "41707000000000": "Talas", "41708000000000": "Chuy",
}  # fmt: skip
KINDS = ("water", "light", "school", "kindergarten", "bridge", "clinic", "sport", "library", "garden")
PROJECTS = [pytest.param(entry, id=entry["slug"]) for entry in content.projects()]
ASSOCIATIONS = [pytest.param(entry, id=entry["slug"]) for entry in content.associations()]


def test_there_are_thirty_projects_of_twelve_associations_and_two_pools():
    assert (len(content.projects()), len(content.associations()), len(content.pools())) == (30, 12, 2)


@pytest.mark.parametrize("entries", [content.projects, content.associations, content.pools])
def test_every_slug_is_used_once(entries):
    assert [slug for slug, times in Counter(entry["slug"] for entry in entries()).items() if times > 1] == []


def test_projects_stand_in_every_oblast_and_in_both_cities(db):
    homes = {places.oblast_of(Region.objects.get(code=entry["home"])).code for entry in content.projects()}
    cities = set(Region.objects.filter(level="city").values_list("code", flat=True))
    assert set(OBLASTS) <= homes
    assert len(homes - set(OBLASTS)) == 2
    assert homes - set(OBLASTS) <= cities | {code for code in homes if code not in OBLASTS}


def test_projects_are_in_every_state():
    assert {entry["state"] for entry in content.projects()} == set(ProjectState.values)


def test_every_association_has_a_project():
    assert {entry["association"] for entry in content.projects()} == {entry["slug"] for entry in content.associations()}


def test_every_kind_is_built_somewhere():
    assert {entry["kind"] for entry in content.projects()} == set(KINDS) == set(pictures.MOTIFS)


@pytest.mark.parametrize("entry", PROJECTS)
class TestProject:
    @pytest.mark.parametrize("field", ["title", "summary", "story"])
    def test_is_written_in_three_languages(self, entry, field):
        texts = [entry[field][code].strip() for code in LANGUAGES]
        assert (sorted(entry[field]), len(set(texts)), min(map(len, texts)) > 4) == (sorted(LANGUAGES), 3, True)

    def test_fits_its_columns(self, entry):
        assert max(len(text) for text in entry["title"].values()) <= 160
        assert max(len(text) for text in entry["summary"].values()) <= 400

    def test_stands_somewhere(self, db, entry):
        assert Region.objects.filter(code=entry["home"]).count() == 1

    def test_has_a_state_that_its_closing_day_and_its_money_allow(self, entry):
        state, filled, days = entry["state"], entry["filled"], entry["closes_in_days"]
        assert {
            "draft": filled == 0 and days > 0,
            "open": filled < 100 and days > 0,
            "funded": filled >= 100,
            "closed": filled < 100 and days < 0,
        }[state]

    def test_budget_adds_up_to_the_tyiyn(self, entry):
        goal = content.som(entry["goal_som"])
        lines = content.budget(entry["kind"], goal)
        assert sum((line.amount for line in lines), Money.zero("KGS")) == goal
        assert min(line.amount.minor for line in lines) > 0

    def test_first_line_says_what_a_piece_costs(self, entry):
        line = content.budget(entry["kind"], content.som(entry["goal_som"]))[0]
        assert sorted(line.unit_texts) == ["unit_en", "unit_ky", "unit_ru"]
        assert 0 < line.unit.minor <= line.amount.minor

    def test_no_piece_costs_more_than_its_line(self, entry):
        lines = content.budget(entry["kind"], content.som(entry["goal_som"]))
        assert [line.texts["title_en"] for line in lines if line.unit and line.unit > line.amount] == []


@pytest.mark.parametrize("entry", ASSOCIATIONS)
class TestAssociation:
    def test_is_written_in_three_languages(self, entry):
        for field in ("name", "about"):
            assert sorted(entry[field]) == sorted(LANGUAGES)
            assert len(set(entry[field].values())) == len(LANGUAGES)

    def test_lives_in_a_city_we_know(self, db, entry):
        assert HostCity.objects.filter(name_en=entry["city"]).count() == 1

    def test_comes_from_a_place_we_know(self, db, entry):
        assert Region.objects.filter(code=entry["home"]).count() == 1

    def test_pays_in_the_money_of_its_city(self, entry):
        assert [city for city in givers.CURRENCIES if entry["slug"].endswith(city)] != []


@pytest.mark.parametrize("kind", KINDS)
def test_shares_of_a_kind_make_a_hundred(kind):
    assert sum(line["share"] for line in content._file("kinds.toml")[kind]["lines"]) == 100


@pytest.mark.parametrize("entry", content.pools())
def test_pools_are_named_in_three_languages_and_no_project_takes_more_than_all(entry):
    assert sorted(entry["title"]) == sorted(LANGUAGES)
    assert entry["cap_per_project_som"] <= entry["cap_som"]
    assert set(entry.get("kinds", ())) <= set(KINDS)


def test_texts_become_columns():
    entry = {"title": {"ky": "а", "ru": "б", "en": "c"}}
    assert content.columns(entry, "title") == {"title_ky": "а", "title_ru": "б", "title_en": "c"}
