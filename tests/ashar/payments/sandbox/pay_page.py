"""What somebody types on the pay page, and where that leads."""

from tests.ashar.payments.sandbox.talking import SESSION

TYPED = {
    "email": "giver@example.org",
    "number": "4242 4242 4242 4242",
    "expiry": "12 / 34",
    "cvc": "123",
    "name": "Бермет Асанова",
}


def thanks(page_id):
    return SESSION["success_url"].replace("{CHECKOUT_SESSION_ID}", page_id)
