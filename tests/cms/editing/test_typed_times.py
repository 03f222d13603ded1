"""A day that is typed as people write it is read or refused by the form; the calendar does not put another in its place."""

from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput
from wagtail.users.models import UserProfile

from ashar.accounts import roles
from cms.models import ArticlePage
from tests.factories import articles


@pytest.mark.parametrize("widget", [AdminDateInput, AdminDateTimeInput])
def test_the_calendar_leaves_what_is_typed(widget):
    assert '"validateOnBlur": false' in widget().render("at", "27.11.2099 22:15", {"id": "at"}).replace("&quot;", '"')


@pytest.mark.parametrize(
    ("language", "typed", "goes_out"),
    [
        ("ru", "27.11.2099 22:15", datetime(2099, 11, 27, 22, 15)),  # noqa: DTZ001 - as the editor's clock shows it
        ("ky", "27.11.2099 22:15", datetime(2099, 11, 27, 22, 15)),  # noqa: DTZ001 - likewise
        ("en", "2099-11-27 22:15", datetime(2099, 11, 27, 22, 15)),  # noqa: DTZ001 - likewise
        ("ru", "завтра", None),
    ],
)
def test_the_form_reads_it_or_says_that_it_cannot(enter, planted, language, typed, goes_out):
    page = articles.published("roof", live=False)
    form = articles.form("Чатыр", [("text", articles.rich("Сөз"))], slug="roof", go_live_at=typed)
    answer = enter(roles.EDITOR).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), form, headers={"accept-language": language}
    )
    kept = ArticlePage.objects.get(pk=page.pk).get_latest_revision()
    if goes_out is None:
        assert (answer.status_code, "Напишите правильные дату и время." in answer.content.decode()) == (200, True)
    else:
        assert timezone.make_naive(kept.as_object().go_live_at) == goes_out


ZONES = {
    ("ky", ""): "Убакыт алкагы: Бишкек убактысы.",
    ("ru", ""): "Часовой пояс: время Бишкека.",
    ("en", ""): "Time zone: Bishkek time.",
    ("ru", "Europe/Berlin"): "Часовой пояс: Europe/Berlin.",
}


@pytest.mark.parametrize(("language", "zone"), ZONES)
def test_beside_both_hours_of_a_schedule_stands_whose_they_are(enter, planted, language, zone):
    page, desk = articles.published("roof"), enter(roles.EDITOR)
    UserProfile.objects.update_or_create(user_id=desk.session["_auth_user_id"], defaults={"current_time_zone": zone})
    html = desk.get(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), headers={"accept-language": language}
    ).content.decode()
    dialog = html.partition('id="schedule-publishing-dialog"')[2]
    assert dialog.count(ZONES[language, zone]) == 2
