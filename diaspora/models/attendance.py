"""Who comes to a meeting. A list of people who meet could harm them: it is kept short, shown to nobody and soon forgotten."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_TOGETHER = 10  # whom one person may bring along, themselves included


class Meeting(models.Model):
    """A meeting to which somebody comes; its key is the one an event bears in every language, and in calendars.

    What is told of it stands here as who comes knows it, so that a change is told once. `where` is its place in the words
    of each language; a language whose words are not known is not compared.
    """

    key = models.UUIDField(primary_key=True, editable=False)
    slug = models.SlugField(_("address"), max_length=255)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    is_off = models.BooleanField(_("called off"), default=False)
    online = models.URLField(_("link to take part online"), blank=True)
    where = models.JSONField(_("place"), default=dict, blank=True)
    taken = models.PositiveIntegerField(_("places taken"), default=0)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(condition=models.Q(taken__gte=0), name="meeting_takes_no_place_twice_back"),
        ]

    def __str__(self) -> str:
        return self.slug


class Attendance(models.Model):
    """A person said that they come, alone or with others; taken back or past, the row is deleted."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attendances")
    party = models.PositiveSmallIntegerField(_("how many come"))
    said_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="a_person_comes_once_to_a_meeting"),
            models.CheckConstraint(
                condition=models.Q(party__gte=1, party__lte=MOST_TOGETHER), name="attendance_is_of_one_to_ten"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
