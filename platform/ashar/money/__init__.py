"""Money: amounts, currencies, exchange rates.

Money      an amount: whole minor units (tyiyn, cents, won) and the currency they belong to; never a float, never a Decimal
currency   one row of the table in `table`: how many decimals it has, and what the card processor wants of it
exponent   how many decimals the currency has by CLDR: 2 for the som, 0 for the won, 3 for the Kuwaiti dinar
typed      what a person writes into a form, read strictly: `typed.parse("1 234,50", "KGS")`
printed    what we write for people, in their language: `printed.show(amount)` gives "1 234,50 сом"
rate       how many som the National Bank asked for `nominal` units of a currency on a day; kept with day and source
feed       the XML file that rates arrive in; each has a rule that says after how many days its rates are too old
"""

from ashar.money.amounts import CurrencyMismatch, Money

__all__ = ["CurrencyMismatch", "Money"]
