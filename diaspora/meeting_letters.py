"""The letters to who comes to a meeting: each is about one word, and goes with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from ashar.notices import telling
from ashar.notices.models import Notice
from diaspora.models import Attendance


class Letter(StrEnum):
    """What a letter says: the kind of its notice."""

    IS_NEAR = "meeting_is_near"
    IS_OFF = "meeting_is_off"
    HAS_CHANGED = "meeting_changed"


def write(word: Attendance, letter: Letter, *, mark: str, facts: Mapping[str, Any], at: datetime) -> None:
    """Write to the person in their language; once for each `mark`. A part of verbs, which hold the lock of the meeting."""
    person = word.person
    told = {"name": person.full_name, **facts}
    key = f"{_about(word, letter)}:{mark}"
    telling.tell(letter.value, key=key, person=person, at=at, facts=told)


def delete(words: Sequence[Attendance]) -> None:
    """Delete every letter about `words`. A part of verbs and erasers."""
    ours = {_about(word, letter) for word in words for letter in Letter}
    kept = Notice.objects.filter(person__in={word.person_id for word in words}, kind__in=list(Letter))
    gone = [pk for pk, key in kept.values_list("pk", "key") if ":".join(key.split(":")[:2]) in ours]
    Notice.objects.filter(pk__in=gone).delete()


def _about(word: Attendance, letter: Letter) -> str:
    """Return how the key of a letter about a word begins."""
    return f"{letter.value.replace('_', '-')}:{word.pk}"
