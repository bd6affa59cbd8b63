"""Every value that comes from outside, read once, typed, and named when it is missing."""

import os
from dataclasses import dataclass, fields

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Environment:
    """The settings of `.env.example`, in the same order. REQUIRED ones have no default in production."""

    SECRET_KEY: str = ""
    ALLOWED_HOSTS: str = ""  # separated by commas
    PUBLIC_BASE_URL: str = ""  # the address that carriers and mail link to, such as https://desk.example.com
    DATABASE_URL: str = ""  # the role that reads and writes rows
    DATABASE_OWNER_URL: str = ""  # the role that owns the tables; only `migrate` uses it
    REDIS_URL: str = ""
    TWILIO_ACCOUNT_SID: str = ""
    TWILIO_AUTH_TOKEN: str = ""
    TWILIO_AUTH_TOKEN_PREVIOUS: str = ""  # while the token is being changed
    TWILIO_SHARED_KEYS: str = ""  # id:secret that sign webhooks with SHA-256, separated by commas
    TWILIO_API_KEY: str = ""
    TWILIO_API_SECRET: str = ""
    TWILIO_TWIML_APP_SID: str = ""
    TWILIO_API_BASE_URL: str = ""  # empty: Twilio's own; set: the carrier simulator
    TWILIO_TEXT_FROM: str = ""  # the number texts are sent from, E.164
    EMAIL_ESP: str = ""  # a provider that django-anymail knows, such as postmark
    EMAIL_ESP_KEY: str = ""
    EMAIL_URL: str = ""  # smtp://user:password@host:port, when there is no provider
    EMAIL_FROM: str = ""
    ANYMAIL_WEBHOOK_SECRET: str = ""  # user:password, or two of them separated by a comma
    ANYMAIL_WEBHOOK_KEYS: str = ""  # NAME=key of what a provider signs its webhooks with, by commas
    INBOUND_MAIL_DOMAIN: str = ""  # where the provider takes in mail for clients; empty: not offered
    VAULT_KEYS: str = ""  # id:base64 of 32 bytes, the newest first, separated by commas
    METRICS_TOKEN: str = ""
    MEDIA_ROOT: str = ""  # where recordings and attachments lie; private, never served by the proxy
    TRUSTED_PROXIES: str = "1"  # how many proxies stand before the application, the one with TLS among them
    SECOND_STEP: str = "required"  # of whoever works for the firm: required, or off
    FETCH_PRIVATE_HOSTS: str = ""  # hosts of the firm's own network that hold calendars, separated by commas
    LOG_LEVEL: str = "INFO"
    GOOGLE_CLIENT_ID: str = ""  # the firm's own app at Google, for clients' calendars; empty: not offered
    GOOGLE_CLIENT_SECRET: str = ""
    GOOGLE_BASE_URL: str = ""  # empty: Google's own; set: played on this computer
    MICROSOFT_CLIENT_ID: str = ""  # the same at Microsoft
    MICROSOFT_CLIENT_SECRET: str = ""
    MICROSOFT_TENANT: str = "common"  # whose accounts may connect: common, organizations, or one directory
    MICROSOFT_BASE_URL: str = ""
    ONLINE_MAIL_PORTS: str = ""  # empty: their own servers; imap,smtp: both played on this computer, in clear
    NAME_SERVER: str = ""  # empty: whom this computer asks; host:port: played on this computer
    LOB_API_KEY: str = ""  # the firm's account at Lob, which prints and posts letters; empty: not offered
    LOB_WEBHOOK_SECRET: str = ""  # of the webhook that is set up there
    LOB_API_BASE_URL: str = ""  # empty: Lob's own; set: played on this computer

    VAPID_PRIVATE_KEY: str = ""  # signs notices to clients' browsers; empty: push is not offered
    VAPID_CONTACT: str = ""  # a mailbox at which the services that carry them reach the firm

    TRANSCRIBER: str = ""  # who writes down what is dictated: speechmatics; empty: nobody
    TRANSCRIBER_KEY: str = ""
    TRANSCRIBER_BASE_URL: str = ""  # empty: its service in Europe

    REQUIRED = (
        "SECRET_KEY ALLOWED_HOSTS PUBLIC_BASE_URL DATABASE_URL REDIS_URL TWILIO_ACCOUNT_SID "
        "TWILIO_AUTH_TOKEN TWILIO_API_KEY TWILIO_API_SECRET TWILIO_TEXT_FROM EMAIL_FROM "
        "ANYMAIL_WEBHOOK_SECRET VAULT_KEYS METRICS_TOKEN MEDIA_ROOT"
    )

    @classmethod
    def read(cls, source=os.environ) -> "Environment":
        """Read the environment. Empty and absent are the same."""
        return cls(**{f.name: source.get(f.name) or str(f.default) for f in fields(cls)})

    def require(self) -> "Environment":
        """Raise ImproperlyConfigured naming everything production needs and does not have."""
        missing = [name for name in self.REQUIRED.split() if not getattr(self, name)]
        if not (self.EMAIL_URL or (self.EMAIL_ESP and self.EMAIL_ESP_KEY)):
            missing.append("EMAIL_URL (or EMAIL_ESP with EMAIL_ESP_KEY)")
        if self.VAPID_PRIVATE_KEY or self.VAPID_CONTACT:  # both or neither
            missing += [name for name in ("VAPID_PRIVATE_KEY", "VAPID_CONTACT") if not getattr(self, name)]
        if missing:
            raise ImproperlyConfigured(f"These settings are missing: {', '.join(missing)}. See .env.example.")
        return self

    def listed(self, name: str) -> list[str]:
        """A setting that holds several values separated by commas."""
        return [part.strip() for part in getattr(self, name).split(",") if part.strip()]
