"""What the part does when others announce something. One call each; every one may come twice."""

from datetime import datetime
from uuid import UUID

from ashar.outbox.consuming import consumer
from diaspora import disputes, giving, projects, refund_letters


@consumer("payment.moved", name="diaspora.gift_follows_payment")
def gift_follows_payment(*, message_id: UUID, at: datetime, payment: str, **_: object) -> None:  # noqa: ARG001 - the shape of a consumer
    """Bring a gift up to date with its payment."""
    giving.follow(payment, at=at)


@consumer("payment.expired", name="diaspora.gift_follows_expiry")
def gift_follows_expiry(*, message_id: UUID, at: datetime, payment: str, **_: object) -> None:  # noqa: ARG001 - likewise
    """Mark a gift whose payment ran out as not paid."""
    giving.follow(payment, at=at)


@consumer("gift.moved", name="diaspora.project_follows_gift")
def project_follows_gift(*, message_id: UUID, at: datetime, project: int, **_: object) -> None:  # noqa: ARG001 - likewise
    """Mark a project as funded when a gift has brought it to its goal, and open it again when a return took it back."""
    projects.follow_goal(project, at=at)


@consumer("dispute.moved", name="diaspora.officers_hear_of_dispute")
def officers_hear_of_dispute(*, message_id: UUID, at: datetime, dispute: int, state: str, **_: object) -> None:  # noqa: ARG001 - likewise
    """Write to the finance officers that a bank claims a gift back, or has decided."""
    disputes.tell_officers(dispute, state=state, at=at)


@consumer("refund.waits", name="diaspora.officers_hear_of_refund")
def officers_hear_of_refund(*, message_id: UUID, at: datetime, refund: str, **_: object) -> None:  # noqa: ARG001 - likewise
    """Write to the second people that a refund waits for one of them."""
    refund_letters.tell_waiting(UUID(refund), at=at)


@consumer("refund.refused", name="diaspora.asker_hears_of_refusal")
def asker_hears_of_refusal(*, message_id: UUID, at: datetime, refund: str, **_: object) -> None:  # noqa: ARG001 - likewise
    """Write to whoever asked for a refund that it was refused."""
    refund_letters.tell_refused(UUID(refund), at=at)
