"""Every place that talks to somebody outside is on a list, with the reason why it may.

What leaves the building leaves as an effect: with a lease, a bound, a receipt, a named end. A way out beside
it would have none of that, so a new one is noticed here first.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("secretariat", "clients", "calls", "messages_app", "calendar_app")
# What can open a connection. Their parts that only read or write text cannot.
CARRIES = (
    *("aiohttp", "ftplib", "http.client", "httpx", "imaplib", "kombu", "poplib", "redis", "requests"),
    *(
        "smtplib",
        "socket",
        "ssl",
        "subprocess",
        "twilio",
        "urllib.request",
        "urllib3",
        "websockets",
        "xmlrpc",
    ),
    *("anymail", "celery", "django.core.mail", "dns.resolver"),
)
HARMLESS = (
    "anymail.inbound",
    "anymail.signals",
    "twilio.base.values",
    "twilio.jwt",
    "twilio.request_validator",
    "twilio.twiml",
)
MAY_CARRY = {
    "calendar_app/elsewhere/web.py": "the channel to Google’s and Microsoft’s calendars",
    "secretariat/celery.py": "hints to workers, over Redis",
    "secretariat/outbox/hints.py": "hints to workers",
    "secretariat/outbox/tasks.py": "hints, on the worker's side",
    "secretariat/draining.py": "turns new connections away when a web process ends; opens none",
    "secretariat/live/hint.py": "hints to streams, over Redis",
    "secretariat/live/switchboard.py": "hears those hints",
    "secretariat/channels/domain_records.py": "asks name servers for a domain’s records",
    "secretariat/channels/email.py": "the channel for mail",
    "secretariat/channels/fetching.py": "addresses that people outside give us: checked, pinned, bounded",
    "secretariat/channels/http.py": "what an answer, or none, says",
    "secretariat/channels/mailbox_at.py": "the channel to clients’ own mailboxes",
    "secretariat/channels/mailbox_line.py": "the line that it uses",
    "secretariat/channels/mail_as.py": "the channel for mail in a client’s name",
    "secretariat/channels/smtp.py": "the channel for mail, by SMTP",
    "secretariat/channels/lob.py": "the channel to who prints and posts letters",
    "secretariat/channels/transcriber.py": "the channel to who writes down what is dictated",
    "secretariat/channels/twilio.py": "the channel to the carrier",
}
# What a channel does outside; `twilio.client` and `twilio.fetch` are how everything else reaches the carrier.
REACHES = (
    *("twilio.client", "twilio.fetch", "email.send", "text.send", "text.find"),
    *("numbers.owned", "numbers.point", "recordings.download", "recordings.remove"),
    *("fetching.fetch", "Fetcher", "MailboxAt", "mail_as.through_server", "mail_as.through_us"),
    *("domain_records.texts", "domain_records.dmarc_of"),
    *("transcriber.chosen", "push.send"),
    *("lob.create", "lob.cancel", "lob.letter", "lob.find", "lob.deliverability", "lob.rendered"),
)
MAY_REACH = {
    "calendar_app/elsewhere/caldav.py": "an adapter: used by effects, and when a person connects",
    "calendar_app/elsewhere/feed.py": "likewise",
    "calls/dictation/effects.py": "effects",
    "calls/dictation/transcript_effects.py": "effects",
    "calls/diary_effects.py": "effects",
    "calls/effects.py": "effects",
    "calls/room_effects.py": "effects",
    "calls/whose_line.py": "for effects",
    "calendar_app/agenda_effects.py": "effects",
    "calendar_app/effects.py": "effects",
    "calendar_app/invited_effects.py": "effects",
    "calendar_app/reminder_effects.py": "effects",
    "clients/effects.py": "effects",
    "messages_app/dictated/effects.py": "effects",
    "messages_app/effects.py": "effects",
    "messages_app/asked_for/effects.py": "effects",
    "messages_app/answering/handing_in.py": "for effects",
    "messages_app/mail/lying_elsewhere.py": "a picture, when a person asks to see it",
    "messages_app/mail/opening.py": "a sign-in, for effects, beside the sweep, and at connecting",
    "messages_app/incoming_post/effects.py": "effects",
    "messages_app/letters/carrier_effects.py": "effects",
    "messages_app/letters/carrier_asking.py": "for effects",
    "messages_app/letters/carrying.py": "for effects",
    "messages_app/letters/effects.py": "effects",
    "messages_app/mail_effects.py": "effects",
    "messages_app/push_effects.py": "effects",
    "secretariat/books/briefs/effects.py": "effects",
    "secretariat/books/effects.py": "effects",
    "secretariat/office/effects.py": "effects",
    "secretariat/overview/effects.py": "effects",
    "calls/missed.py": "`reconcile` and its duty ask the carrier what we missed",
    "secretariat/overview/reconciling.py": "`reconcile` compares with the carrier's lists",
    "secretariat/overview/connecting.py": "`connect_twilio`, and its page that shows the firm's numbers",
}
# Libraries that write mail by themselves, past the outbox.
PAST_THE_OUTBOX = {
    "allauth": "mails of signing in, such as for a forgotten password: who asked waits, and asks again",
}


def sources():
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if not path.is_relative_to(ROOT / "secretariat" / "local"):
                yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def named(tree):
    """The full names of what a file imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_in(name: str, families) -> bool:
    return any(name == family or name.startswith(f"{family}.") for family in families)


def carries(tree) -> bool:
    return any(is_in(name, CARRIES) and not is_in(name, HARMLESS) for name in named(tree))


def reaches(tree) -> bool:
    return any(isinstance(node, ast.Call) and ast.unparse(node.func) in REACHES for node in ast.walk(tree))


def test_only_those_on_the_list_can_open_a_connection():
    assert {name for name, tree in sources() if carries(tree)} == set(MAY_CARRY)


def test_only_those_on_the_list_use_a_channel():
    outside = {name for name, tree in sources() if reaches(tree)}
    channels = {name for name in outside if name.startswith("secretariat/channels/")}
    assert outside - channels == set(MAY_REACH)


def test_every_effect_is_sent_from_a_file_of_effects():
    kinds = {
        name
        for name, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        if any(ast.unparse(each).startswith("effect(") for each in node.decorator_list)
    }
    # One that has many keeps them by subject, each in a file that says so: `agenda_effects.py`.
    strangers = {name for name in kinds if Path(name).stem.rpartition("_")[2] != "effects"}
    assert strangers == set()
    assert len(kinds) > len(PACKAGES)


@pytest.mark.parametrize(
    "written",
    [
        "import requests",
        "import http.client as http",
        "from urllib import request",
        "from urllib.request import urlopen",
        "from django.core import mail",
        "def late():\n    import smtplib",
        "from twilio.rest import Client",
    ],
)
def test_a_new_way_out_would_be_noticed(written):
    assert carries(ast.parse(written))


@pytest.mark.parametrize(
    "written", ["from urllib.parse import urlsplit", "from twilio.twiml import voice_response"]
)
def test_what_only_reads_and_writes_text_is_none(written):
    assert not carries(ast.parse(written))


def test_libraries_that_mail_by_themselves_are_known(settings):
    """A library that is added is looked at: does it send anything?"""
    silent = {
        *("anymail", "csp", "django_htmx", "lucide"),  # anymail is how our own channel sends
    }
    apps = {name.partition(".")[0] for name in settings.INSTALLED_APPS} - {"django", *PACKAGES}
    assert apps - silent == set(PAST_THE_OUTBOX)
