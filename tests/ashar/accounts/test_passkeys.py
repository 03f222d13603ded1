"""A passkey in a real browser, under the site's own content security policy."""

import re
from contextlib import contextmanager

import pytest
from django.core import mail
from playwright.sync_api import sync_playwright

from tests.ashar.accounts import signing_in
from tests.services_needed import need

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE_WITH_A_FINGERPRINT = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@contextmanager
def browsing(base):
    """Open a page of a browser that has a passkey of its own, and collect what the browser complains about."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need("chromium"), args=["--no-sandbox"])
        context = browser.new_context(base_url=base)
        page = context.new_page()
        keys = context.new_cdp_session(page)
        keys.send("WebAuthn.enable")
        keys.send("WebAuthn.addVirtualAuthenticator", {"options": PHONE_WITH_A_FINGERPRINT})
        complaints = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None
        )
        yield page, complaints
        browser.close()


def sign_in_by_code(page, email):
    page.goto("/en/accounts/login/code/")
    page.fill("[name=email]", email)
    page.click("main form button[type=submit]")
    page.fill("[name=code]", signing_in.code_of(mail.outbox[-1]))
    page.click("main form button:has-text('Confirm')")
    page.wait_for_url("**/en/accounts/home/")


def test_a_passkey_is_added_and_then_signs_in_and_opens_the_staff_pages(live_server, administrator):
    with browsing(live_server.url) as (page, complaints):
        sign_in_by_code(page, administrator.email)
        page.goto("/django-admin/")
        assert "/accounts/2fa/" in page.url
        page.goto("/en/accounts/2fa/webauthn/add/")
        page.fill("[name=name]", "Phone")
        page.check("[name=passwordless]")
        page.click("#mfa_webauthn_add")
        page.wait_for_url("**/recovery-codes/")
        assert len(re.findall(r"<code>\d{8}</code>", page.content())) == 10
        page.goto("/django-admin/")
        assert "Сайт башкармасы" in page.title()  # in the language of the account
        page.context.clear_cookies()
        page.goto("/en/accounts/login/?next=/django-admin/")
        page.click("#passkey_login")
        page.wait_for_url(f"{live_server.url}/django-admin/")
        assert "Сайт башкармасы" in page.title()  # in the language of the account
    assert complaints == []
    assert mail.outbox[-1].subject == "Кирүү ачкычы кошулду"


def test_a_key_of_another_person_signs_nobody_in(live_server, administrator):
    with browsing(live_server.url) as (page, complaints):
        page.goto("/en/accounts/login/")
        page.click("#passkey_login")
        page.wait_for_timeout(500)
        assert page.url.endswith("/en/accounts/login/")
    assert [complaint for complaint in complaints if "Content Security Policy" in complaint] == []
