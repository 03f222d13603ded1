"""Payments: the card rail, from a row of ours to the provider's hosted page and back into the books.

payment    one sum that one person means to pay into one fund; our row exists before the provider hears of it
session    the provider's hosted page for a payment; a payment has at most one that can still be paid
intent     the provider's record of the paying itself; we re-fetch it and believe nothing else
movement   one balance transaction of the provider: money in or out, with its fee; exactly one journal each
refund     money we send back, asked for by one person and, above a set sum, approved by another
dispute    money the giver's bank takes back, and returns to us if we win
hint       what is kept of an event: which object to look at, and nothing about the person who pays
inbox      the hints that webhooks left; they say that something changed and are never a source of figures
settlement following a payment: fetch it, post the movements that are missing, move its state
resolving  looking for what never came back: sessions, refunds with an unknown outcome, missed events
gateway    the only door to the provider's SDK
"""
