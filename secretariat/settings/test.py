"""Settings of the test suite. `manage.py test` starts the servers and says where they are."""

from secretariat.local import test_servers

test_servers.take_my_share()

from .base import *  # noqa: E402 - the share is part of the environment that base reads

SECRET_KEY = "tests-only-" + "k" * 50
ALLOWED_HOSTS = ["*"]
PUBLIC_BASE_URL = PUBLIC_BASE_URL or "http://testserver"
INSTALLED_APPS += ["secretariat.local"]
CLOCK_MAY_SHIFT = True
FETCH_PRIVATE_HOSTS = ["127.0.0.1"]  # the calendar server beside it
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # http on this computer, which browsers hold to be safe
OUTSIDE_URL = "http://127.0.0.1:8001"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TWILIO_ACCOUNT_SID = TWILIO_ACCOUNT_SID or "AC" + "0" * 32
TWILIO_AUTH_TOKEN = TWILIO_AUTH_TOKEN or "test-auth-token"
TWILIO_API_KEY = TWILIO_API_KEY or "SK" + "0" * 32
TWILIO_API_SECRET = TWILIO_API_SECRET or "test-api-secret-as-long-as-real-ones"
TWILIO_TEXT_FROM = TWILIO_TEXT_FROM or "+442079460999"
GOOGLE_CLIENT_ID = MICROSOFT_CLIENT_ID = "client-id"
GOOGLE_CLIENT_SECRET = MICROSOFT_CLIENT_SECRET = "client-secret"  # noqa: S105 - of a service played here
VAULT_KEYS = VAULT_KEYS or ["test:" + "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="]
VAPID_PRIVATE_KEY = VAPID_PRIVATE_KEY or "c2VjcmV0YXJpYXQtdGVzdHMtb25seS1wdXNoLWtleSE"
VAPID_CONTACT = VAPID_CONTACT or "desk@secretariat.example"
METRICS_TOKEN = METRICS_TOKEN or "test-metrics"
STATIC_ROOT = None  # served from where they are written
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
