"""The books name no people: sums, funds and keys of rows."""

from ashar.privacy.classified import impersonal

impersonal("ledger.Fund", "title")
impersonal("ledger.Journal", "key", "kind", "facts", "previous_hash", "hash")
impersonal("ledger.Closing", "hash")
impersonal("ledger.Head", "hash")
impersonal("ledger.Proof", "faults")
