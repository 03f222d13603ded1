"""What the kernel's rooms hold personal data for, in words; parts above write their own beside their fields."""

from django.utils.translation import gettext_lazy as _

PROVE_ACTS = _("to prove who did what with the money")
EXPLAIN_STATES = _("to say why a state was changed")
TELL = _("to tell you what concerns you, and to prove that we did")
SHOW_LETTERS = _("to show letters on the demonstration site")
PAY = _("to take your payment and to return it when needed")
