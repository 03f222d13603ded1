"""The sandbox: a small stateful card processor with Stripe's HTTP shapes, for the demo and the tests. Play money only.

account     the play account: state, clock, switches, jobs
object      a noun of the API: session, intent, charge, refund, balance transaction, dispute, customer, event
fault       an answer that says no, in Stripe's words
schema      what the parameters of a request may be; everything else is refused
key         an idempotency key: the first answer is the only answer
pay page    where somebody pays a session with a test card
delivery    one event on its way to the site, signed
switch      a control that duplicates, delays, shuffles or drops deliveries, or makes things fail
"""

from ashar.payments.sandbox.sandbox import Sandbox

__all__ = ["Sandbox"]
