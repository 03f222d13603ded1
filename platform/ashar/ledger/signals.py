"""News of the ledger for whoever stands above it."""

from django.dispatch import Signal

# Sent once per journal, after its transaction has committed, with `funds: frozenset[int]`, the funds whose figures may
# have moved. A listener's failure is logged and touches neither the books nor the other listeners.
posted = Signal()
