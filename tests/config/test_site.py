"""What stands in the settings for a reason that no import of ours shows."""

from datetime import timedelta

from django.utils import timezone, translation
from wagtail.admin.templatetags.wagtailadmin_tags import naturaltime


def test_the_staff_pages_say_in_russian_how_long_ago_something_was() -> None:
    with translation.override("ru"):
        assert str(naturaltime(timezone.now() - timedelta(hours=2, minutes=5))).replace("\xa0", " ") == "2 часа назад"
