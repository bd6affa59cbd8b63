"""An authenticator app from setting up to signing in, and a recovery code where the app is not at hand."""

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import expect

from .in_life import PASSWORD


def code_now(secret: str) -> str:
    """What the app on her telephone shows."""
    _before, now, _after = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, now))


def test_an_app_is_set_up_by_mouse_and_a_recovery_code_opens_by_keyboard(office):
    helen = office.supervisor()
    page = office.signs_in(helen)
    page.goto(f"{office.url}/accounts/2fa/totp/activate/")
    if page.get_by_role("button", name="Continue").count():  # is it still she?
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Continue").click()
    page.emulate_media(color_scheme="dark")  # a camera reads dark on light alone
    expect(page.locator(".qr")).to_have_css("background-color", "rgb(255, 255, 255)")
    page.get_by_label("Code").fill(code_now(page.locator("code.secret").inner_text()))
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    spare = page.locator(".codes code").first.inner_text()

    other = office.browsers.context().new_page()
    other.goto(f"{office.url}/accounts/login/?next=/firm/people/")
    other.get_by_label("Email").fill(helen.email)
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    other.keyboard.press("Enter")
    expect(other.get_by_role("heading", name="Second step")).to_be_visible()
    other.get_by_label("Code").fill(spare)
    other.keyboard.press("Enter")
    expect(other.get_by_role("heading", name="People")).to_be_visible()
