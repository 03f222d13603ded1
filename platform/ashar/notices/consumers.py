"""What notices do with messages."""

from datetime import datetime
from uuid import UUID

from ashar.notices import dispatching
from ashar.outbox.consuming import consumer


@consumer("notice.due", patience=dispatching.PATIENCE)
def send_notice(*, notice: str, at: datetime, **_: object) -> None:
    """Send a notice that was told."""
    dispatching.dispatch(UUID(notice), at=at)
