"""Rates are about money, not about people."""

from ashar.privacy.classified import impersonal

impersonal("money.ExchangeRate", "source")
impersonal("money.FreshnessRule", "source", "reference")
