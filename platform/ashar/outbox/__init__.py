"""Outbox: what must follow a change, written down with it and kept until done.

- *message*: a topic and a small payload, written in the transaction that makes it true.
- *topic*: what happened, as `<noun>.<past or need>`: `payment.moved`, `notice.due`.
- *consumer*: a function that does what must follow; it may be called twice, so it looks before it acts.
- *delivery*: one message on its way to one consumer: waiting, taken, done or dead.
- *nudge*: a hint to the workers right after the commit; it may fail, nothing depends on it.
- *relay*: the round that sends every overdue delivery to the workers again.
- *lease*: how long a worker may keep a delivery before another may take it.
- *patience*: the pauses between a consumer's attempts; after the last one the delivery is dead and a person decides.
- *pulse*: how the queue is doing: when a worker last did anything, how much waits, how much is dead.
"""
