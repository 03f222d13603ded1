"""Audit: who did what to what, and when. Written once, never changed, and every row vouches for the one before it.

- *entry*: one remembered act: a verb, its subject, the person (or the machine), the moment, a few facts.
- *subject*: the row that was acted upon, named by its kind and its key, so that it may be gone later.
- *facts*: what the act was about, in JSON without floats; names and addresses of people do not belong there.
- *chain*: each entry's hash covers its content and the hash of the entry before it.
- *head*: the newest hash and the number of entries; whoever keeps a copy of it can prove that no entry was cut off.
- *append-only*: triggers in the database forbid UPDATE, DELETE and TRUNCATE, whoever asks.
"""
