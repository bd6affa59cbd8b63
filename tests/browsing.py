"""Django's test client, signed in as somebody."""

from django.test import Client as Browser


def signed_in(user) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser
