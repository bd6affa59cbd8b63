"""How mail leaves: through a provider that django-anymail knows, or by SMTP."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from .environment import Environment

# What each provider calls the one key it needs.
KEY_OF = {
    "brevo": "BREVO_API_KEY",
    "mailersend": "MAILERSEND_API_TOKEN",
    "mailjet": "MAILJET_API_KEY",
    "postmark": "POSTMARK_SERVER_TOKEN",
    "resend": "RESEND_API_KEY",
    "sendgrid": "SENDGRID_API_KEY",
    "sparkpost": "SPARKPOST_API_KEY",
}

# What anymail's views of webhooks ask for, beside the secret that all of them share.
WEBHOOK_KEYS = frozenset(
    [
        "BREVO_API_KEY",
        "MAILERSEND_INBOUND_SECRET",
        "MAILERSEND_SIGNING_SECRET",
        "MAILGUN_WEBHOOK_SIGNING_KEY",
        "MAILTRAP_API_TOKEN",
        "MAILTRAP_INBOUND_SECRET",
        "MAILTRAP_TRACKING_SECRET",
        "MANDRILL_WEBHOOK_KEY",
        "MANDRILL_WEBHOOK_URL",
        "POSTAL_WEBHOOK_KEY",
        "RESEND_API_KEY",
    ]
)


def webhook_keys(listed: list[str]) -> dict[str, str]:
    """Keys by anymail's names, from `NAME=key` of each. Raises ImproperlyConfigured for another name."""
    found = {name.strip(): key for name, _equals, key in (each.partition("=") for each in listed)}
    if unknown := sorted(set(found) - WEBHOOK_KEYS):
        known = ", ".join(sorted(WEBHOOK_KEYS))
        raise ImproperlyConfigured(f"ANYMAIL_WEBHOOK_KEYS is NAME=key of {known}; not {', '.join(unknown)}")
    return found


def mail_settings(environment: Environment, anymail: dict) -> dict:
    """Django's mail settings; puts the provider's key into `anymail`. Raises ImproperlyConfigured."""
    if environment.EMAIL_ESP:
        provider = environment.EMAIL_ESP.lower()
        if provider not in KEY_OF:
            raise ImproperlyConfigured(f"EMAIL_ESP is none of {', '.join(KEY_OF)}: {provider}")
        anymail[KEY_OF[provider]] = environment.EMAIL_ESP_KEY
        return {"EMAIL_BACKEND": f"anymail.backends.{provider}.EmailBackend"}
    if environment.EMAIL_URL:
        return smtp(environment.EMAIL_URL)
    return {"EMAIL_BACKEND": "secretariat.channels.smtp.EmailBackend"}


def smtp(url: str) -> dict:
    """Settings from `smtp://user:password@host:port`.

    `smtps` speaks TLS from the start (465), `smtp+tls` asks for it (587), `smtp` does without (25).
    """
    address = urlsplit(url)
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if address.scheme not in ports or not address.hostname:
        raise ImproperlyConfigured(
            "EMAIL_URL must read smtp://, smtp+tls:// or smtps://user:password@host:port"
        )
    return {
        "EMAIL_BACKEND": "secretariat.channels.smtp.EmailBackend",
        "EMAIL_HOST": address.hostname,
        "EMAIL_PORT": address.port or ports[address.scheme],
        "EMAIL_HOST_USER": unquote(address.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(address.password or ""),
        "EMAIL_USE_TLS": address.scheme == "smtp+tls",
        "EMAIL_USE_SSL": address.scheme == "smtps",
    }
