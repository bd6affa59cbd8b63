"""Production's own settings, in a process of their own behind a proxy that says it speaks TLS."""

import os
import subprocess
import sys

import pytest

from secretariat.local.paths import CHECKOUT
from secretariat.settings.environment import Environment

HOST = "desk.example.com"
GIVEN = dict.fromkeys(Environment.REQUIRED.split(), "nothing") | {
    "DJANGO_SETTINGS_MODULE": "secretariat.settings.production",
    "ALLOWED_HOSTS": HOST,
    "PUBLIC_BASE_URL": f"https://{HOST}",
    "EMAIL_URL": "smtp://mail.example.com",
}
# Somebody signs in with a wrong password, from a page of ours: the CSRF check sees where it came from.
SIGNS_IN = """
import re, django
django.setup()
from django.test import Client, override_settings
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
override_settings(STORAGES={"staticfiles": plain}).enable()  # nothing was collected
browser = Client(enforce_csrf_checks=True)
proxy = {"headers": {"host": "desk.example.com", "x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "%s"}}
page = browser.get("/accounts/login/", **proxy)
token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
proxy["headers"]["origin"] = "https://desk.example.com"
said = {"login": "nobody@example.com", "password": "wrong-password", "csrfmiddlewaretoken": token}
print(page.status_code, browser.post("/accounts/login/", said, **proxy).status_code)
"""


@pytest.fixture
def production(db):
    """Run a script under production's settings on this worker's database. What it printed."""

    def run(script: str, **more: str) -> str:
        servers = {name: os.environ[name] for name in ("PATH", "DATABASE_URL", "REDIS_URL")}
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=CHECKOUT,
            env=GIVEN | servers | more,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return run


def test_a_form_comes_through_a_proxy_with_tls(production):
    assert production(SIGNS_IN % "https") == "200 200"


def test_who_came_without_tls_is_refused(production):
    assert production(SIGNS_IN % "http") == "200 403"


def test_with_no_proxy_nobody_s_word_for_tls_is_taken(production):
    assert production(SIGNS_IN % "https", TRUSTED_PROXIES="0") == "200 403"
