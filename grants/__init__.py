"""Grants: people who return. Applications, evaluation, awards and loans will live here beside the calls.

call          a programme's invitation to apply for grants: for whom, how much, until when, and how
budget        the money of a call: its fund in the ledger, paid in by the programme, which never goes below zero
own share     what the applicant puts in: `ratio` som of grant for every `per` som of their own
limit         the largest grant that one business may get from a call
standing      where a call stands at a moment by the clock, whatever the machine has had time to write down
"""
