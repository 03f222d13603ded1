"""Reads: everything a page needs, prepared and frozen. Sums are asked of the ledger and of nothing else."""

from diaspora.queries.associations import AssociationCard, AssociationPage, association_cards, association_page
from diaspora.queries.gifts import GiftPage, GiftRow, ReceiptPage, gift_page, is_behind, my_gifts, receipt_page
from diaspora.queries.listing import Listing, project_listing
from diaspora.queries.moves import ProjectMove, last_moves, project_moves
from diaspora.queries.own import Leading, Led, NewGift, OwnGift, OwnGifts, leading, own_gifts
from diaspora.queries.pools import PoolRow
from diaspora.queries.projects import (
    BudgetRow,
    Giver,
    GivingPage,
    ProjectCard,
    ProjectPage,
    Totals,
    front,
    giving_page,
    past_closing,
    project_cards,
    project_page,
)
from diaspora.queries.sums import Sums, project_sums
from diaspora.queries.trails import Line, Trail, trail, trail_lines

__all__ = [
    "AssociationCard",
    "AssociationPage",
    "BudgetRow",
    "GiftPage",
    "GiftRow",
    "Giver",
    "GivingPage",
    "Leading",
    "Led",
    "Line",
    "Listing",
    "NewGift",
    "OwnGift",
    "OwnGifts",
    "PoolRow",
    "ProjectCard",
    "ProjectMove",
    "ProjectPage",
    "ReceiptPage",
    "Sums",
    "Totals",
    "Trail",
    "association_cards",
    "association_page",
    "front",
    "gift_page",
    "giving_page",
    "is_behind",
    "last_moves",
    "leading",
    "my_gifts",
    "own_gifts",
    "past_closing",
    "project_cards",
    "project_listing",
    "project_moves",
    "project_page",
    "project_sums",
    "receipt_page",
    "trail",
    "trail_lines",
]
