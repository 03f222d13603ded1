"""Ledger: append-only double entry. Whatever is shown as a sum of money anywhere is a question to these books.

fund       a pot of money with one purpose: a project, a match pool, operations, money not yet identified
role       what a fund's account is for: given, matched, fees, paid out, and where the money lies or is converted
account    one fund, one role, one currency; legs are written on it
journal    one event of money, with a unique key; never changed, never deleted; its legs sum to zero in each currency
leg        one line of a journal: debit is positive, credit negative, so a fund with money has a negative sum
chain      each journal carries the hash of the one before it, so that a changed past shows
reversal   the new journal that takes another back, leg by leg; nothing else undoes anything
closing    the books closed through a day: nothing counts for that day or an earlier one any more; there is no opening again
available  what a fund still has: minus the sum of its som legs; projects and match pools never go below zero
proof      the outcome of the last `ledger_check`, which tries all of this on the whole of the books
"""
