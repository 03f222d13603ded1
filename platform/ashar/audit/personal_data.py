"""What the audit log holds on people: only who acted (a link); its facts name fields and counts, never their contents."""

from ashar.privacy import purposes
from ashar.privacy.classified import Basis, Personal, Sensitivity, impersonal, personal

personal(
    "audit.Entry",
    {"facts": Personal(purposes.PROVE_ACTS, Basis.LAW, "audit", Sensitivity.CONFIDENTIAL).of(purposes.WHAT_YOU_DID)},
)
impersonal("audit.Entry", "verb", "subject_kind", "subject_id", "previous_hash", "hash")
impersonal("audit.Head", "hash")
