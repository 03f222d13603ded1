"""The outbox holds keys of rows, not personal data (`sending.send` says so)."""

from ashar.privacy.classified import impersonal

impersonal("outbox.Message", "topic", "payload")
impersonal("outbox.Delivery", "consumer", "last_error")
