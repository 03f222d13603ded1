"""Diaspora: people abroad and the village they come from.

association   people from one place who live in one city abroad; `verified` once staff has met them
project       what a village builds: a goal in som, a closing date, a story, a budget; it has one fund in the ledger
gift          what one giver gives to one project in one payment; the name is shown as the giver chose, per gift
hiding        that staff took the giver's words from the public pages: by whom and why, until they are shown again
receipt       the numbered paper for a gift that arrived; anybody may verify it by its signed link
pool          money promised by a partner to match gifts: `ratio` som for every `per` som, under its caps
allotment     what a pool may put into one project, and what it has put there
step          what matching did after one movement of a gift's payment: exactly one per movement, even when nothing
match         what one pool put in (or took back) in one step
trail         every journal that touched a project's fund, in words
meeting       an event to which people say they come, under the key that it bears in every language
attendance    a person's word that they come, alone or with others; forgotten soon after the meeting
news          what of a meeting who comes is written: that it is off or on again, at another time or elsewhere
terms         what the card rail takes, dated, with its source
"""
