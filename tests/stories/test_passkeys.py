"""A passkey from setting up to signing in, with the browser's own authenticator in place of a finger."""

from playwright.sync_api import expect

from secretariat.office.models import Post

from .in_life import PASSWORD

VIRTUAL = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_authenticator(page):
    """Give this browser a built-in authenticator whose owner is always there."""
    tool = page.context.new_cdp_session(page)
    tool.send("WebAuthn.enable")
    return tool, tool.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL})["authenticatorId"]


def test_a_passkey_signs_in_without_a_password(office):
    helen = office.user("helen@example.com", "Helen")
    Post.objects.create(user=helen, post=Post.Kind.SUPERVISOR)
    # The browser takes passkeys for names, not for bare addresses.
    office.url = office.url.replace("127.0.0.1", "localhost")
    page = office.signs_in(helen)
    tool, authenticator = with_authenticator(page)
    page.goto(f"{office.url}/accounts/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)  # is it still she?
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name").fill("Laptop")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert len(tool.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]) == 1

    page.goto(f"{office.url}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{office.url}/accounts/login/?next=/firm/people/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="People")).to_be_visible()
