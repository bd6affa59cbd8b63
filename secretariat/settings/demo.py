"""Settings of a demo on one computer: everything private to it, nothing leaves it."""

import os
from urllib.parse import urlsplit

from secretariat.local import loopback

from .base import *

loopback.only_if_told()  # by a test that runs this office

# `manage.py demo` says all of it in the environment. What has a default here serves commands that
# look at the code only, such as `check` and `makemigrations`.
SECRET_KEY = SECRET_KEY or "only-for-commands-without-a-demo-" + "-" * 32
PUBLIC_BASE_URL = PUBLIC_BASE_URL or "http://127.0.0.1:8000"
OUTSIDE_URL = os.environ.get("OUTSIDE_URL", "http://127.0.0.1:8001")
PHONE_ADAPTER, PHONE_BASE_URL = "simulated", OUTSIDE_URL

INSTALLED_APPS += ["secretariat.local"]
ROOT_URLCONF = "secretariat.local.demo_urls"
LANDING_DEMO = "secretariat.local.landing.demo"
CLOCK_MAY_SHIFT = True
FETCH_PRIVATE_HOSTS = ["127.0.0.1"]  # the calendar server beside it
STATICFILES_DIRS += [BASE_DIR / "secretariat" / "local" / "static_demo" / "js"]  # the simulated line

# Cookies do not tell ports apart, and two demos may run side by side.
_port = urlsplit(PUBLIC_BASE_URL).port
SESSION_COOKIE_NAME = f"session-{_port}"
CSRF_COOKIE_NAME = f"csrf-{_port}"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ACCOUNT_RATE_LIMITS = False  # tests and visitors sign in as often as they like
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http on this computer, which browsers hold to be safe
CONTENT_SECURITY_POLICY["DIRECTIVES"]["connect-src"].append(OUTSIDE_URL)  # the simulated line's events
STATIC_ROOT = None  # served from where they are written
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # a changed style sheet shows at the next reload
