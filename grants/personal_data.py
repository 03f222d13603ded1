"""What the part holds on people: nothing yet. What was announced to everybody is nobody's own."""

from ashar.privacy.classified import impersonal
from grants.models.calls import TEXTS

impersonal("grants.Call", *TEXTS)
