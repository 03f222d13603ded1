"""Roles: each is a group of this name, made by a migration."""

from django.utils.translation import gettext_lazy as _

AUTHOR = "Author"
PROOFREADER = "Proof-reader"
EDITOR = "Editor"
EDITORS = {"ky": "Editor ky", "ru": "Editor ru", "en": "Editor en"}  # of one language; one person may hold two
FINANCE_OFFICER = "Finance officer"
ASSOCIATION_LEADER = "Association leader"
LOAN_OFFICER = "Loan officer"
EVALUATOR = "Evaluator"
AUDITOR = "Auditor"

ALL = (
    AUTHOR,
    PROOFREADER,
    EDITOR,
    *EDITORS.values(),
    FINANCE_OFFICER,
    ASSOCIATION_LEADER,
    LOAN_OFFICER,
    EVALUATOR,
    AUDITOR,
)
# An association leader is a volunteer who works in the open part of the site; the others see what is not public.
OF_STAFF = frozenset(ALL) - {ASSOCIATION_LEADER}

LABELS = {
    AUTHOR: _("author"),
    PROOFREADER: _("proof-reader"),
    EDITOR: _("editor"),
    EDITORS["ky"]: _("editor of Kyrgyz pages"),
    EDITORS["ru"]: _("editor of Russian pages"),
    EDITORS["en"]: _("editor of English pages"),
    FINANCE_OFFICER: _("finance officer"),
    ASSOCIATION_LEADER: _("association leader"),
    LOAN_OFFICER: _("loan officer"),
    EVALUATOR: _("evaluator"),
    AUDITOR: _("auditor"),
}
