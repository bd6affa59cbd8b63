import pytest
from django.core.exceptions import ImproperlyConfigured

from secretariat.settings.environment import Environment
from secretariat.settings.mail import mail_settings, webhook_keys


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "ssl"),
    [
        ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, False, False),
        ("smtp+tls://mail.example.com", "mail.example.com", 587, True, False),
        ("smtps://mail.example.com", "mail.example.com", 465, False, True),
    ],
)
def test_an_smtp_server_is_given_by_its_address(url, host, port, tls, ssl):
    found = mail_settings(Environment(EMAIL_URL=url), {})
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == (host, port)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)


def test_a_password_may_hold_any_character():
    found = mail_settings(
        Environment(EMAIL_URL="smtp+tls://desk%40example.com:p%2Fw%3A@mail.example.com"), {}
    )
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("desk@example.com", "p/w:")


def test_a_provider_comes_before_a_server_and_receives_its_key_under_its_own_name():
    anymail = {}
    given = Environment(EMAIL_ESP="Postmark", EMAIL_ESP_KEY="secret", EMAIL_URL="smtp://127.0.0.1")
    assert mail_settings(given, anymail) == {"EMAIL_BACKEND": "anymail.backends.postmark.EmailBackend"}
    assert anymail == {"POSTMARK_SERVER_TOKEN": "secret"}


@pytest.mark.parametrize("given", [{"EMAIL_ESP": "pigeon"}, {"EMAIL_URL": "mail.example.com:25"}])
def test_what_cannot_be_understood_is_refused_at_the_start(given):
    with pytest.raises(ImproperlyConfigured):
        mail_settings(Environment(**given), {})


def test_keys_of_webhooks_are_given_under_the_providers_own_names():
    given = Environment(ANYMAIL_WEBHOOK_KEYS="MAILGUN_WEBHOOK_SIGNING_KEY=ab=c, MANDRILL_WEBHOOK_KEY=d")
    assert webhook_keys(given.listed("ANYMAIL_WEBHOOK_KEYS")) == {
        "MAILGUN_WEBHOOK_SIGNING_KEY": "ab=c",
        "MANDRILL_WEBHOOK_KEY": "d",
    }
    assert webhook_keys([]) == {}
    with pytest.raises(ImproperlyConfigured, match="not MAILGUN_KEY"):
        webhook_keys(["MAILGUN_KEY=x"])
