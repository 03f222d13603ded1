"""The rows of the part, one file per group of nouns."""

from diaspora.models.associations import Association, Leadership, Verification
from diaspora.models.attendance import MOST_TOGETHER, Attendance, Meeting
from diaspora.models.giving import Gift, Receipt, ReceiptYear
from diaspora.models.hidings import WordsHiding
from diaspora.models.matching import Allotment, Match, MatchPool, MatchStep
from diaspora.models.projects import BudgetLine, Project
from diaspora.models.terms import CardTerms

__all__ = [
    "MOST_TOGETHER",
    "Allotment",
    "Association",
    "Attendance",
    "BudgetLine",
    "CardTerms",
    "Gift",
    "Leadership",
    "Match",
    "MatchPool",
    "MatchStep",
    "Meeting",
    "Project",
    "Receipt",
    "ReceiptYear",
    "Verification",
    "WordsHiding",
]
