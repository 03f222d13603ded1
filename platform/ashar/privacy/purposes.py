"""What the kernel's rooms hold personal data for, and what data, in words; parts above write their own beside their fields."""

from django.utils.translation import gettext_lazy as _

PROVE_ACTS = _("to prove who did what with the money")
EXPLAIN_STATES = _("to say why a state was changed")
TELL = _("to tell you what concerns you, and to prove that we did")
SHOW_LETTERS = _("to show letters on the demonstration site")
PAY = _("to take your payment and to return it when needed")
SHOW_COLLEAGUES = _("to let colleagues see who wrote")

WHAT_YOU_DID = _("what you did and when")
REMARKS = _("remarks on a change of state")
PAYING_ADDRESS = _("the e-mail address of a payment")
REFUND_REASON = _("the reason of a refund")
REFUSAL_REASON = _("why a refund was refused")
LETTERS = _("letters to you")
LETTER_ADDRESS = _("the address that a letter went to")
DEMO_LETTERS = _("copies of letters")
PICTURE = _("your picture in the editors' room")
