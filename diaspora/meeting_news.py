"""What of a meeting is news to who comes: that it is off or on again, when it is, and where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from diaspora.models import Meeting


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is known of a meeting where it is told of. `places` is nothing where everybody may come.

    `where` is its place in the words of each language that tells of it; `language` is the one that tells of it here.
    """

    key: UUID
    slug: str
    starts_at: datetime
    ends_at: datetime
    places: int | None = None
    is_off: bool = False
    online: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    language: str = ""


def is_news(known: Meeting, told: Occasion) -> bool:
    """Tell whether who comes has to hear of what is told now. Of a meeting that is off, only that it is."""
    if told.is_off or known.is_off:
        return told.is_off != known.is_off
    return (known.starts_at, known.ends_at) != (told.starts_at, told.ends_at) or _is_elsewhere(known, told)


def where(known: Meeting, told: Occasion) -> dict[str, str]:
    """Return the place as it is known from now on.

    Where a language names another place, what the others say is not known until they are published again: that they
    name the new place later is no other change.
    """
    if not known.where:
        return dict(told.where)
    own = {code: place for code, place in told.where.items() if code == told.language}
    return own if _has_other_words(known, told) else {**known.where, **own}


def _is_elsewhere(known: Meeting, told: Occasion) -> bool:
    """Tell whether the place or the link is another one; of a meeting whose place was never written down it is not known."""
    return bool(known.where) and (known.online != told.online or _has_other_words(known, told))


def _has_other_words(known: Meeting, told: Occasion) -> bool:
    """Tell whether the language that tells of it now said another place before."""
    now = told.where.get(told.language)
    return now is not None and known.where.get(told.language, now) != now
