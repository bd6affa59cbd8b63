"""Passkeys, apps and recovery codes: asked of those who work for the firm, and not to be tried out."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse

PASSWORD = "a lantern by the sea"


@pytest.fixture(autouse=True)
def counts(db):
    cache.clear()
    yield
    cache.clear()


def with_password(user):
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def helen(office):
    return with_password(office.supervisor())


def signs_in(user, password=PASSWORD, **facts):
    browser = Browser(**facts)
    answer = browser.post(reverse("account_login"), {"login": user.email, "password": password})
    return browser, answer


def code_now(secret: str) -> str:
    _before, now, _after = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now))


def sets_up_an_app(browser) -> str:
    """Her app, of which only she and it know the secret. Returns that."""
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})  # is it still she?
    page = browser.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200, page.headers
    page = page.content.decode()
    secret = re.search(r'<code class="secret">([A-Z2-7]+)</code>', page).group(1)
    answer = browser.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    return secret


def another(code: str) -> str:
    return f"{(int(code) + 517) % 10**6:06}"


def test_an_app_is_asked_for_at_the_next_sign_in(office, helen):
    browser, answer = signs_in(helen)
    assert answer.status_code == 302
    secret = sets_up_an_app(browser)
    codes = browser.get(reverse("mfa_view_recovery_codes")).content.decode()
    recovery = re.findall(r'<code class="secret">([\d ]+)</code>', codes)
    assert len(recovery) == 10

    elsewhere, answer = signs_in(helen)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert elsewhere.get("/admin/").status_code == 302
    cache.clear()  # the code was used to set the app up, and opens once
    assert elsewhere.post(reverse("mfa_authenticate"), {"code": code_now(secret)}).status_code == 302
    assert elsewhere.get("/admin/").status_code == 200

    third, _answer = signs_in(helen)
    assert third.post(reverse("mfa_authenticate"), {"code": recovery[0]}).status_code == 302
    assert third.get("/admin/").status_code == 200
    fourth, _answer = signs_in(helen)
    fourth.post(reverse("mfa_authenticate"), {"code": recovery[0]})  # used
    assert fourth.get("/admin/").status_code == 302


def test_secrets_lie_sealed(office, helen):
    browser, _answer = signs_in(helen)
    secret = sets_up_an_app(browser)
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_codes_cannot_be_tried_out(office, helen):
    """Five tries, counted for her and not by where they come from; then the right code is refused too."""
    browser, _answer = signs_in(helen)
    secret = sets_up_an_app(browser)
    cache.clear()
    answers = []
    for n in range(7):
        thief, _answer = signs_in(helen, REMOTE_ADDR=f"203.0.113.{n}")
        answer = thief.post(reverse("mfa_authenticate"), {"code": another(code_now(secret))})
        answers.append(answer.content.decode())
    assert "not the code" in answers[0]
    assert "Too many" in answers[-1]
    thief.post(reverse("mfa_authenticate"), {"code": code_now(secret)})
    assert thief.get("/admin/").status_code == 302
    # She herself, where she is signed in, works on; and nobody else is locked out.
    assert browser.get("/admin/").status_code == 200
    maya = with_password(office.user("maya@example.com", "Maya"))
    assert signs_in(maya)[1].headers["Location"] == "/"


def test_passwords_cannot_be_tried_out(office, helen):
    """What is written into X-Forwarded-For gives no new tries: no proxy of ours wrote it."""
    statuses = []
    for n in range(12):
        browser = Browser()
        answer = browser.post(
            reverse("account_login"),
            {"login": helen.email, "password": f"wrong {n}"},
            headers={"X-Forwarded-For": f"198.51.100.{n}"},
        )
        statuses.append(answer.content.decode())
    assert "Too many" in statuses[-1]
    _browser, answer = signs_in(helen, REMOTE_ADDR="203.0.113.77")
    assert answer.status_code == 200  # the right one too: it is her sign-in that rests for five minutes
    maya = with_password(office.user("maya@example.com", "Maya"))
    _browser, answer = signs_in(maya, REMOTE_ADDR="203.0.113.78")
    assert answer.status_code == 302


@pytest.fixture
def asked_for(settings):
    settings.SECOND_STEP_REQUIRED = True


def test_where_it_is_asked_for_nobody_works_without(office, asked_for, helen):
    okafor = office.client("Okafor Legal")
    priya = office.secretary("Priya", okafor)
    for browser, address in ((office.browser(helen), "/admin/"), (office.browser(priya), "/desk/")):
        answer = browser.get(address)
        assert answer.status_code == 403
        assert "Set up a passkey" in answer.content.decode()
        assert browser.get(reverse("mfa_index")).status_code == 200
    assert office.browser(priya).get(reverse("phone-token")).status_code == 403
    assert office.browser(priya).post(reverse("presence-ready")).status_code == 403
    assert (
        office.browser(okafor.owner).get("/portal/").status_code == 200
    )  # the client's people are asked to, not made
    assert Browser().get("/").status_code == 200


def test_once_set_up_she_works_and_the_last_one_stays(office, asked_for, helen):
    browser, _answer = signs_in(helen)
    assert browser.get("/admin/").status_code == 403
    sets_up_an_app(browser)
    assert browser.get("/admin/").status_code == 200
    refused = browser.post(reverse("mfa_deactivate_totp"))
    assert "Add another first" in refused.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


def test_the_demo_and_the_tests_do_not_ask_and_production_does(settings):
    import ast
    from pathlib import Path

    assert settings.SECOND_STEP_REQUIRED is False
    production = ast.parse((Path(settings.BASE_DIR) / "secretariat/settings/production.py").read_text())
    said = [ast.unparse(line) for line in production.body if "SECOND_STEP" in ast.unparse(line)]
    assert said == ["SECOND_STEP_REQUIRED = ENV.SECOND_STEP != 'off'"]
