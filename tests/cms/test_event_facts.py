"""A meeting is one meeting: when, by which link, whether at all and for how many holds in every language; words do not."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from wagtail.models import Locale, Revision
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationContext,
    TranslationSource,
)

from ashar.accounts import roles
from ashar.outbox import delivering
from ashar.outbox.models import Message
from cms.editing import whole
from cms.pages import event_facts, events
from cms.pages.events import EventPage
from tests.cms.test_events import EVENING, HOUR, event, read
from tests.cms.test_translating import translate

pytestmark = pytest.mark.usefixtures("planted")
TOLD = {
    "zone": "Asia/Omsk",
    "starts_at": EVENING + HOUR,
    "ends_at": EVENING + 4 * HOUR,
    "online": "https://example.org/room",
    "is_off": True,
    "asks_who_comes": False,
    "places": 40,
}


@pytest.fixture
def russian(planted) -> EventPage:
    return event("meeting", "ru", place="Ансан, дом 1")


@pytest.fixture
def kyrgyz(russian) -> EventPage:
    return event("meeting", "ky", translation_key=russian.translation_key, place="Ансан, 1-үй")


def publish(page: EventPage, **facts) -> None:
    """Publish what an editor made of the latest draft, and deliver what follows."""
    draft = EventPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in facts.items():
        setattr(draft, name, value)
    draft.save_revision().publish()
    delivering.drain(timezone.now())


def facts_of(page: EventPage) -> dict[str, object]:
    return {name: getattr(page, name) for name in event_facts.NAMES}


def again(page: EventPage) -> EventPage:
    return EventPage.objects.get(pk=page.pk)


class TestWhatIsPublished:
    def test_holds_in_every_language(self, russian, kyrgyz):
        publish(russian, **TOLD)
        assert facts_of(again(kyrgyz)) == TOLD

    def test_leaves_the_words_of_each_language(self, russian, kyrgyz):
        publish(russian, **TOLD, title="Иное", lead="Иное.", place="Сеул")
        assert (again(kyrgyz).title, again(kyrgyz).lead, again(kyrgyz).place) == (
            "meeting ky",
            "Кыскача.",
            "Ансан, 1-үй",
        )

    def test_touches_no_other_event(self, russian, kyrgyz):
        other = event("other", "ky")
        publish(russian, **TOLD)
        assert facts_of(again(other)) == facts_of(other)

    def test_is_read_at_once_though_the_page_was_kept(self, client, russian, kyrgyz, committed):
        russian.is_off = True
        russian.save_revision().publish()
        assert "Бул иш-чара болбойт." not in read(client, "/ky/events/meeting/")
        with committed():
            delivering.drain(timezone.now())
        assert "Бул иш-чара болбойт." in read(client, "/ky/events/meeting/")

    def test_last_holds_whatever_is_delivered_first(self, russian, kyrgyz):
        for page, places in ((russian, 1), (kyrgyz, 2)):
            page.places = places
            page.save_revision().publish()
        first, second = Message.objects.filter(topic="event.published").order_by("sent_at")
        for message in (second, first, second):
            delivering.deliver(message.pk, at=timezone.now())
        assert list(EventPage.objects.values_list("places", flat=True)) == [2, 2]

    def test_is_said_once_more_by_nobody(self, russian, kyrgyz):
        publish(russian, **TOLD)
        assert Message.objects.filter(topic="event.published").count() == 1
        revisions = Revision.objects.count()
        event_facts.carry(EventPage, russian.translation_key)
        assert Revision.objects.count() == revisions

    def test_reaches_a_page_that_is_a_draft_and_leaves_it_one(self, russian):
        draft = event("meeting", "ky", translation_key=russian.translation_key, live=False)
        draft.save_revision()
        publish(russian, **TOLD)
        assert (facts_of(again(draft)), again(draft).live) == (TOLD, False)
        assert facts_of(again(draft).get_latest_revision_as_object()) == TOLD


class TestADraft:
    def test_of_another_language_keeps_its_words_and_stays_a_draft(self, client, russian, kyrgyz):
        publish(kyrgyz)
        draft = again(kyrgyz)
        draft.title = "Жаңы аты"
        draft.save_revision()
        publish(russian, **TOLD)
        shown, written = again(kyrgyz), again(kyrgyz).get_latest_revision_as_object()
        assert (shown.title, shown.has_unpublished_changes, facts_of(shown)) == ("meeting ky", True, TOLD)
        assert (written.title, facts_of(written)) == ("Жаңы аты", TOLD)
        publish(kyrgyz)
        assert (again(kyrgyz).title, facts_of(again(kyrgyz)), facts_of(again(russian))) == ("Жаңы аты", TOLD, TOLD)

    def test_that_is_due_by_the_clock_brings_no_old_facts(self, russian, kyrgyz):
        kyrgyz.go_live_at = timezone.now() + timedelta(days=1)
        kyrgyz.save_revision().publish()
        scheduled = again(kyrgyz).scheduled_revision
        again(kyrgyz).save_revision()
        publish(russian, **TOLD)
        assert facts_of(Revision.objects.get(pk=scheduled.pk).as_object()) == TOLD

    def test_with_facts_to_be_published_later_keeps_them(self, russian, kyrgyz):
        later = again(kyrgyz)
        later.starts_at, later.ends_at = EVENING + 9 * HOUR, EVENING + 10 * HOUR
        later.save_revision()
        publish(russian, title="Иное", places=7)
        written = again(kyrgyz).get_latest_revision_as_object()
        assert (written.starts_at, written.ends_at, written.places) == (EVENING + 9 * HOUR, EVENING + 10 * HOUR, 7)
        assert again(russian).starts_at == EVENING


class TestATranslation:
    """What is handed on through the translators' own tool."""

    @staticmethod
    def twin() -> EventPage:
        return EventPage.objects.get(locale__language_code="ky")

    def test_begins_with_the_facts_of_its_source(self, russian):
        publish(russian, **TOLD)
        translate(russian, {"meeting ru": "Жолугушуу"})
        assert facts_of(self.twin()) == TOLD

    def test_cannot_say_otherwise(self, russian):
        publish(russian, **TOLD)
        source, _is_new = TranslationSource.update_or_create_from_instance(again(russian))
        asked = {segment.context.path for segment in source.stringsegment_set.all()}
        assert asked == {"title", "slug", "lead", "place"}
        assert OverridableSegment.objects.filter(source=source).count() == 0

    def test_that_said_otherwise_before_does_so_no_more(self, russian, kyrgyz):
        source, _is_new = TranslationSource.update_or_create_from_instance(again(russian))
        context = TranslationContext.objects.create(object=source.object, path="online")
        OverridableSegment.objects.create(source=source, context=context, order=1, data_json='""')
        own = {"locale": kyrgyz.locale, "context": context, "data_json": '"https://example.org/old"'}
        SegmentOverride.objects.create(**own)
        publish(russian, **TOLD)
        source.refresh_from_db()
        Translation.objects.create(source=source, target_locale=kyrgyz.locale).save_target(publish=False)
        assert facts_of(again(kyrgyz).get_latest_revision_as_object()) == TOLD

    @pytest.mark.parametrize("was_begun", [False, True])
    def test_that_is_finished_later_brings_the_facts_of_today(self, russian, was_begun):
        if was_begun:
            translate(russian, {"meeting ru": "Жолугушуу"})
        else:
            TranslationSource.update_or_create_from_instance(again(russian))
        publish(russian, **TOLD)
        source = TranslationSource.objects.get()
        kyrgyz = Locale.objects.get(language_code="ky")
        begun, _is_new = Translation.objects.get_or_create(source=source, target_locale=kyrgyz)
        for text in whole.wanting("ky"):
            facts = {"translation_of": text.string, "context": text.context, "locale": kyrgyz}
            StringTranslation.objects.create(**facts, data="Сөз")
        begun.save_target(publish=False)
        publish(self.twin())
        assert self.twin().live
        assert (facts_of(self.twin()), facts_of(again(russian))) == (TOLD, TOLD)


class TestTheForm:
    @pytest.mark.parametrize("code", ["ky", "ru", "en"])
    def test_says_of_each_such_field_that_it_holds_everywhere(self, enter, russian, code):
        client = enter(roles.EDITOR)
        html = client.get(f"/cms/pages/{russian.pk}/edit/", HTTP_ACCEPT_LANGUAGE=code).content.decode()
        with translation.override(code):
            assert html.count(str(events.EVERYWHERE)) == 4
