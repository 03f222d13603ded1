"""What the history of states holds on people: who moved it (a link), and a note written by staff."""

from ashar.privacy import purposes
from ashar.privacy.classified import Basis, Personal, Sensitivity, impersonal, personal

personal(
    "workflow.Transition",
    {"note": Personal(purposes.EXPLAIN_STATES, Basis.LAW, "audit", Sensitivity.CONFIDENTIAL).of(purposes.REMARKS)},
)
impersonal("workflow.Transition", "entity", "entity_id", "verb", "from_state", "to_state")
