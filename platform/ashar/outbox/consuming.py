"""Who listens to which topic."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

Handler = Callable[..., None]
Patience = tuple[timedelta, ...]

# Eight attempts over about nine hours.
PATIENCE: Patience = (
    timedelta(seconds=10),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)


@dataclass(frozen=True, slots=True)
class Consumer:
    """A registered function with its lasting name: deliveries under way are addressed to that name."""

    name: str
    topic: str
    handler: Handler
    patience: Patience


_consumers: dict[str, Consumer] = {}


def consumer(topic: str, *, name: str = "", patience: Patience = PATIENCE) -> Callable[[Handler], Handler]:
    """Register the decorated `handler(*, message_id: UUID, at: datetime, **payload)` for `topic`.

    The handler runs outside any transaction, so it may call a verb. It may be called again with the same message after
    a crash or an error, so it must be idempotent. It takes `**_`, as a newer sender may say more. Any exception means
    "try again later", after the pauses of `patience`; after the last pause the delivery is dead. A handler returns
    within `delivering.lease()`, or another worker may begin the same. `name` (default: its dotted path) outlives a move
    to another module.
    """

    def register(handler: Handler) -> Handler:
        known = Consumer(name or f"{handler.__module__}.{handler.__qualname__}", topic, handler, patience)
        if known.name in _consumers:
            raise ValueError(f"Two consumers are called {known.name}: one of them would never be called.")
        _consumers[known.name] = known
        return handler

    return register


def of_topic(topic: str) -> list[Consumer]:
    """Return who listens to `topic`, in the order of registration."""
    return [known for known in _consumers.values() if known.topic == topic]


def named(name: str) -> Consumer:
    """Return the consumer called `name`; `LookupError` when this process has no such consumer (yet, or any more)."""
    return _consumers[name]


def patience_of(name: str) -> Patience:
    """Return the pauses between the attempts of the consumer called `name`, also if this process does not know it."""
    return _consumers[name].patience if name in _consumers else PATIENCE
