"""Settings of a firm's real office. No secret and no host has a default."""

from .base import *

ENV.require()
# The proxy says over what and from where a reader came; whatever she says of that herself, it replaces.
ALLAUTH_TRUSTED_PROXY_COUNT = int(ENV.TRUSTED_PROXIES)
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = False  # the proxy does it; a carrier must never be redirected
SILENCED_SYSTEM_CHECKS = ["security.W008"]  # which asks for that redirect
SECOND_STEP_REQUIRED = ENV.SECOND_STEP != "off"
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Where the Voice SDK of the browser's line connects to (its README, "Content Security Policy").
CONTENT_SECURITY_POLICY["DIRECTIVES"]["connect-src"] += [
    "https://eventgw.twilio.com",
    "https://eventgw.us1.twilio.com",
    "wss://voice-js.roaming.twilio.com",
    "https://media.twiliocdn.com",
    "https://sdk.twilio.com",
]
CONTENT_SECURITY_POLICY["DIRECTIVES"]["media-src"] += [
    "mediastream:",
    "https://media.twiliocdn.com",
    "https://sdk.twilio.com",
]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
