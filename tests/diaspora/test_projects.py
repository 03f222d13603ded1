"""A project from draft to funded or closed."""

from datetime import timedelta

import pytest

from ashar.audit.models import Entry
from ashar.ledger.models import FundKind
from ashar.money import Money
from ashar.outbox.models import Message
from ashar.workflow.models import Transition
from ashar.workflow.moving import UnlawfulMove
from diaspora import associations, projects, queries, states, tasks
from diaspora.models import Leadership, Project
from diaspora.rules import NotAllowed
from diaspora.states import ProjectState
from tests.factories.associations import AssociationFactory, UnverifiedAssociationFactory
from tests.factories.gifts import ReceivedGiftFactory, go_back
from tests.factories.moments import NEXT_MONTH, NOON, TODAY, YESTERDAY
from tests.factories.people import EditorFactory, FinanceOfficerFactory, PersonFactory
from tests.factories.pools import PoolFactory
from tests.factories.projects import BUDGET, ClosedProjectFactory, DraftProjectFactory, OpenProjectFactory

LITTLE = Money(4_000_00, "KGS")
MUCH = Money(2_000_000_00, "KGS")


def test_a_draft_has_its_fund_and_its_budget(db):
    school = DraftProjectFactory(slug="school")

    assert (school.state, school.fund.key, school.fund.kind) == ("draft", "project-school", FundKind.PROJECT)
    assert school.fund.title == "Крыша школы"
    assert [str(line.amount_minor) for line in school.budget.order_by("position")] == ["70000000", "30000000"]


def test_two_projects_do_not_share_an_address(db):
    DraftProjectFactory(slug="school")

    with pytest.raises(associations.SlugTaken):
        DraftProjectFactory(slug="school")


@pytest.mark.parametrize("goal", [Money(0, "KGS"), Money(-1, "KGS"), Money(100, "USD")])
def test_a_goal_is_a_positive_sum_in_som(db, goal):
    with pytest.raises(projects.GoalIsNotSom):
        DraftProjectFactory(goal=goal)


def test_an_editor_opens_it(db):
    school, editor = DraftProjectFactory(), EditorFactory()

    projects.open(school, by=editor, at=NOON)

    assert (school.state, school.opened_at) == ("open", NOON)
    assert Transition.objects.get(entity="project", entity_id=str(school.pk)).by == editor
    assert Message.objects.get(topic="project.opened").payload == {"project": school.pk}


def test_a_project_of_unverified_people_does_not_open(db):
    school = DraftProjectFactory(association=UnverifiedAssociationFactory())

    with pytest.raises(projects.NotVerified):
        projects.open(school, by=None, at=NOON)

    assert Project.objects.get().state == "draft"


def test_a_project_does_not_open_after_its_last_day(db):
    with pytest.raises(projects.ClosingDayIsPast):
        projects.open(DraftProjectFactory(closes_on=YESTERDAY), by=None, at=NOON)


def test_it_may_open_on_its_last_day(db):
    school = DraftProjectFactory(closes_on=TODAY)
    projects.open(school, by=None, at=NOON)

    assert school.state == "open"


def test_only_editors_open_close_and_change_goals(db):
    school, stranger = DraftProjectFactory(), FinanceOfficerFactory()

    for act in (
        lambda: projects.open(school, by=stranger, at=NOON),
        lambda: projects.close(school, by=stranger, at=NOON),
        lambda: projects.change_goal(school, goal=MUCH, by=stranger, at=NOON),
    ):
        with pytest.raises(NotAllowed):
            act()


def draft_by(person, association):
    return projects.draft(
        association,
        slug="by-leader",
        texts={"title_ru": "Школа"},
        home=association.home,
        goal=MUCH,
        closes_on=NEXT_MONTH,
        budget=BUDGET,
        by=person,
        at=NOON,
    )


def test_a_leader_drafts_for_the_own_association(db):
    leader, association = PersonFactory(), AssociationFactory()
    associations.appoint(association, person=leader, by=None, at=NOON)

    assert draft_by(leader, association).state == "draft"


def test_a_leader_of_others_or_of_the_past_does_not(db):
    leader, association = PersonFactory(), AssociationFactory()
    associations.appoint(AssociationFactory(), person=leader, by=None, at=NOON)
    associations.appoint(association, person=leader, by=None, at=NOON)
    Leadership.objects.filter(association=association).update(until=NOON)

    with pytest.raises(NotAllowed):
        draft_by(leader, association)


def test_raised_and_matched_together_reach_the_goal(db):
    school = OpenProjectFactory(goal=Money(8_000_00, "KGS"))
    PoolFactory()
    gift = ReceivedGiftFactory(project=school)

    assert gift.som < school.goal
    projects.follow_goal(school.pk, at=NOON)
    assert Project.objects.get().state == "funded"
    assert Message.objects.filter(topic="project.funded").count() == 1


def test_below_the_goal_nothing_happens(school):
    ReceivedGiftFactory(project=school)

    projects.follow_goal(school.pk, at=NOON)
    assert Project.objects.get().state == "open"


def test_funding_twice_happens_once(db):
    school = OpenProjectFactory(goal=LITTLE)
    ReceivedGiftFactory(project=school)

    for _ in range(2):
        projects.follow_goal(school.pk, at=NOON)

    assert Message.objects.filter(topic="project.funded").count() == 1


def test_a_closed_project_is_not_funded_by_a_late_gift(db):
    school = ClosedProjectFactory(goal=LITTLE)

    projects.follow_goal(school.pk, at=NOON)

    assert Project.objects.get().state == "closed"


def test_a_goal_lowered_to_what_is_there_is_reached(school):
    ReceivedGiftFactory(project=school)

    projects.change_goal(school, goal=LITTLE, by=None, at=NOON)

    assert (school.state, school.goal) == ("funded", LITTLE)


def test_a_goal_raised_above_what_is_there_opens_again(db):
    school = OpenProjectFactory(goal=LITTLE)
    ReceivedGiftFactory(project=school)
    projects.follow_goal(school.pk, at=NOON)

    projects.change_goal(school, goal=MUCH, by=None, at=NOON)

    assert school.state == "open"


def test_changing_the_goal_is_audited_with_both_sums(school):
    projects.change_goal(school, goal=MUCH, by=None, at=NOON)

    assert Entry.objects.get(verb="project.change_goal").facts == {
        "before_minor": 1_000_000_00,
        "goal_minor": 2_000_000_00,
    }


def test_a_closed_project_keeps_its_goal(db):
    with pytest.raises(projects.ProjectIsClosed):
        projects.change_goal(ClosedProjectFactory(), goal=MUCH, by=None, at=NOON)


def test_a_return_that_takes_the_goal_back_opens_the_project_again(db):
    school = OpenProjectFactory(goal=LITTLE)
    gift = ReceivedGiftFactory(project=school)
    projects.follow_goal(school.pk, at=NOON)
    go_back(gift)

    projects.follow_goal(school.pk, at=NOON)

    assert Project.objects.get().state == "open"


def test_a_return_after_the_closing_day_leaves_the_project_funded(db):
    school = OpenProjectFactory(goal=LITTLE)
    gift = ReceivedGiftFactory(project=school)
    projects.follow_goal(school.pk, at=NOON)
    go_back(gift)
    day_after_closing = NOON + (school.closes_on - NOON.date()) + timedelta(days=1)

    projects.follow_goal(school.pk, at=day_after_closing)

    assert Project.objects.get().state == "funded"


def test_a_funded_project_can_be_closed(db):
    school = OpenProjectFactory(goal=LITTLE)
    ReceivedGiftFactory(project=school)
    projects.follow_goal(school.pk, at=NOON)

    projects.close(Project.objects.get(), by=None, at=NOON)

    assert Project.objects.get().state == "closed"


def test_closing_remembers_why(school):
    projects.close(school, by=None, at=NOON, note="The village decided otherwise")

    assert Transition.objects.get(verb="close").note == "The village decided otherwise"


def test_a_closed_project_is_not_closed_again(db):
    with pytest.raises(UnlawfulMove):
        projects.close(ClosedProjectFactory(), by=None, at=NOON)


def test_the_clock_closes_what_is_past_its_last_day_and_nothing_else(db):
    past = OpenProjectFactory(closes_on=NEXT_MONTH)
    Project.objects.filter(pk=past.pk).update(closes_on=YESTERDAY.replace(year=2020))
    present = OpenProjectFactory(closes_on=NEXT_MONTH.replace(year=2090))

    tasks.close_past()
    tasks.close_past()

    assert list(Project.objects.order_by("pk").values_list("pk", "state")) == [
        (past.pk, "closed"),
        (present.pk, "open"),
    ]


def test_the_last_day_itself_is_not_past(db):
    OpenProjectFactory(closes_on=TODAY)

    assert not queries.past_closing(on=TODAY).exists()


PROJECT_STATES = ("draft", "open", "funded", "closed")


@pytest.mark.parametrize("verb", list(states.PROJECT.transitions))
@pytest.mark.parametrize("state", PROJECT_STATES)
def test_exactly_the_lawful_moves_of_a_project(verb, state):
    lawful = {("draft", "open"), ("open", "fund"), ("funded", "reopen")}
    lawful |= {(closable, "close") for closable in ("draft", "open", "funded")}

    assert states.PROJECT.allows(verb, state) == ((state, verb) in lawful)


def test_every_state_has_a_label_for_staff_and_one_for_everybody():
    for table in (states.PROJECT, states.GIFT):
        labels = [(str(table.staff_label(state)), str(table.public_label(state))) for state in table.all_states()]
        assert all(staff and public for staff, public in labels)


def test_a_project_with_the_longest_address_has_its_fund(db):
    project = OpenProjectFactory(slug="s" * 80)

    assert project.fund.key == "project-" + "s" * 80


@pytest.mark.parametrize(
    "line",
    [
        projects.Line(texts={"title_en": "Pipes"}, amount=Money(100, "USD")),
        projects.Line(texts={"title_en": "Pipes"}, amount=Money(0, "KGS")),
        projects.Line(texts={"title_en": "Pipes"}, amount=Money(100, "KGS"), unit=Money(1, "EUR")),
    ],
)
def test_a_budget_is_counted_in_som(db, line):
    with pytest.raises(projects.BudgetIsNotSom):
        DraftProjectFactory(budget=[line])


def test_only_an_open_project_past_its_day_is_ended_by_the_clock(db):
    open_project, funded = OpenProjectFactory(), OpenProjectFactory(slug="funded")
    Project.objects.filter(pk=funded.pk).update(state=ProjectState.FUNDED)
    for project in (open_project, funded):
        projects.close_past(project, at=NOON)
        Project.objects.filter(pk=project.pk).update(closes_on=TODAY - timedelta(days=1))
        projects.close_past(project, at=NOON)
    assert dict(Project.objects.values_list("slug", "state")) == {open_project.slug: "closed", "funded": "funded"}
