"""Mail in a client's name: through her own server, and through the firm's."""

import pytest
from django.core import mail

from secretariat.channels import Refused, Silent, domain_records, mail_as
from secretariat.channels.mail_as import Server
from secretariat.local.ports import free_port
from tests.name_server import answering
from tests.postmaster import at_the_door

RAW = b"From: ngozi@okafor.example\r\nTo: dana@harlow.example\r\nSubject: Hours\r\n\r\nNine.\r\n"


@pytest.fixture
def postmaster():
    with at_the_door() as handler:
        yield handler


def hand_in(postmaster, *recipients, **facts):
    facts = {"host": "127.0.0.1", "security": "none", "username": "ngozi", "password": "right"} | facts
    return mail_as.through_server(
        Server(port=facts.pop("port", postmaster.port), **facts),
        RAW,
        envelope="ngozi@okafor.example",
        recipients=recipients or ["dana@harlow.example"],
        receipt="<1@okafor.example>",
    )


def test_her_server_takes_the_very_bytes(postmaster):
    sent = hand_in(postmaster, "dana@harlow.example", "hidden@harlow.example")
    assert (sent.receipt, sent.refused) == ("<1@okafor.example>", {})
    assert postmaster.taken == [
        ("ngozi@okafor.example", ["dana@harlow.example", "hidden@harlow.example"], RAW)
    ]


def test_who_of_several_was_refused_is_told(postmaster):
    postmaster.says["gone@harlow.example"] = "550 5.1.1 no such mailbox"
    sent = hand_in(postmaster, "dana@harlow.example", "gone@harlow.example")
    assert sent.refused == {"gone@harlow.example": "550 5.1.1 no such mailbox"}
    assert postmaster.taken[0][1] == ["dana@harlow.example"]


@pytest.mark.parametrize(
    ("says", "facts", "permanent"),
    [
        ({"dana@harlow.example": "550 5.1.1 unknown"}, {}, True),
        ({"dana@harlow.example": "451 later"}, {}, False),
        ({"data": "554 5.7.1 spam"}, {}, True),
        ({}, {"password": "wrong"}, False),
        ({}, {"security": "starttls"}, True),
    ],
)
def test_a_no_is_a_refusal(postmaster, says, facts, permanent):
    postmaster.says |= says
    with pytest.raises(Refused) as refusal:
        hand_in(postmaster, **facts)
    assert refusal.value.permanent is permanent
    assert not postmaster.taken


def test_a_line_cut_after_the_words_is_a_silence(postmaster):
    postmaster.says["data"] = "cut"
    with pytest.raises(Silent):
        hand_in(postmaster)


def test_a_server_inside_the_firm_s_network_is_not_asked(postmaster, settings):
    settings.FETCH_PRIVATE_HOSTS = []
    with pytest.raises(Refused) as refusal:
        hand_in(postmaster)
    assert refusal.value.code == "not_public"


def test_no_password_goes_in_the_clear_to_the_open_internet(postmaster, settings, monkeypatch):
    settings.FETCH_PRIVATE_HOSTS = []
    monkeypatch.setattr(mail_as.fetching, "is_public", lambda address: True)
    with pytest.raises(Refused) as refusal:
        hand_in(postmaster)
    assert refusal.value.code == "not_secure"


def test_the_firm_s_own_way_names_everybody_and_hides_the_hidden():
    sent = mail_as.through_us(
        sender="Okafor via Ana <office@firm.example>",
        to=["dana@harlow.example"],
        cc=["tunde@okafor.example"],
        bcc=["hidden@okafor.example"],
        reply_to="ngozi@okafor.example",
        subject="Hours",
        body="Nine.",
        headers={"Message-ID": "<1@firm.example>", "In-Reply-To": "<0@harlow.example>"},
        attachments=[("a.txt", b"x", "text/plain")],
        key="k",
    )
    (letter,) = mail.outbox
    assert sent.receipt == "<1@firm.example>"
    assert letter.recipients() == ["dana@harlow.example", "tunde@okafor.example", "hidden@okafor.example"]
    assert "hidden" not in letter.message().as_string()
    assert letter.message()["In-Reply-To"] == "<0@harlow.example>"


class TestRecords:
    @pytest.fixture
    def zone(self, monkeypatch):
        held = {}

        def resolve(name, kind, lifetime):
            said = held.get(name.rstrip("."), domain_records.dns.resolver.NXDOMAIN())
            if isinstance(said, Exception):
                raise said
            return [type("Record", (), {"strings": [part.encode() for part in text]}) for text in said]

        monkeypatch.setattr(domain_records.dns.resolver, "resolve", resolve)
        return held

    def test_a_long_record_is_put_together(self, zone):
        zone["okafor.example"] = [("v=spf1 include:", "x ~all")]
        assert domain_records.texts("okafor.example.") == ["v=spf1 include:x ~all"]
        assert domain_records.texts("nothing.example") == []

    def test_a_silent_server_is_no_missing_record(self, zone):
        zone["okafor.example"] = domain_records.dns.resolver.NoNameservers()
        assert domain_records.texts("okafor.example") is None

    def test_the_one_name_server_that_is_named_is_asked_alone(self, settings):
        port = free_port()
        settings.NAME_SERVER = f"127.0.0.1:{port}"
        key = "v=DKIM1; p=" + "A" * 400  # more than one string of a record holds
        with answering(port) as records:
            records["pm._domainkey.okafor.example"] = [key]
            assert domain_records.texts("pm._domainkey.okafor.example") == [key]
            assert domain_records.texts("okafor.example") == []

    def test_the_domain_above_answers_for_one_without_a_policy(self, zone):
        zone["_dmarc.okafor.example"] = [("v=DMARC1; p=none",)]
        assert domain_records.dmarc_of("mail.okafor.example") == ["v=DMARC1; p=none"]
        assert domain_records.dmarc_of("other.example") == []


@pytest.mark.parametrize(("no_way_back", "envelope"), [(True, "<>"), (False, "office@secretariat.example")])
def test_by_our_own_server_too_it_may_leave_with_no_way_back(settings, postmaster, no_way_back, envelope):
    settings.EMAIL_BACKEND = "secretariat.channels.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", postmaster.port
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "ngozi", "right"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    mail_as.through_us(
        sender="Okafor via Secretariat <office@secretariat.example>",
        to=["dana@harlow.example"],
        subject="Re: Hours",
        body="By nine.",
        headers={"Message-ID": "<1@secretariat.example>"},
        key="1",
        no_way_back=no_way_back,
    )
    [(sender, to, raw)] = postmaster.taken
    assert (sender, to) == (envelope, ["dana@harlow.example"])
    assert b"From: Okafor via Secretariat <office@secretariat.example>" in raw
