"""A client lets us into her mailbox at Google or Microsoft, and takes it back."""

import base64
import json
from datetime import timedelta

import pytest
from django.urls import reverse

from calendar_app import connecting as calendars
from calendar_app import giving_back
from calendar_app.elsewhere import web
from calendar_app.models import Connection, Diary
from clients.models import WorkItem
from messages_app.answering import handing_in
from messages_app.mail import connecting, hosts, opening, syncing
from messages_app.models import Mail, Mailbox
from secretariat import clock
from secretariat.channels.errors import Refused
from secretariat.channels.mail_as import Sent
from secretariat.local.online.in_process import Online
from secretariat.local.online.wire import Reply
from secretariat.local.outside import letters
from secretariat.outbox.models import Effect

from .agreeing import HERS, Person
from .lies_elsewhere import LiesElsewhere

KINDS = ("google", "microsoft")


@pytest.fixture
def online(office):
    made = Online(clock.now)
    with web.transported_by(made):
        yield made


@pytest.fixture
def there(monkeypatch, online):
    """Her mailbox at either, which a token opens that the service gave."""
    there = LiesElsewhere()
    there.account_of = lambda token: (
        online.google.consent.account_of(token) or online.microsoft.consent.account_of(token)
    )
    monkeypatch.setattr(opening, "MailboxAt", there.opened)
    return there


@pytest.fixture
def ngozi(office, online, there, okafor):
    return Person(office, online, okafor.owner)


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def connected(office, ngozi, kind):
    ngozi.connects(kind)
    office.settle()
    return Mailbox.objects.get()


def look():
    mailbox = Mailbox.objects.get()
    syncing.look(mailbox, at=clock.now())
    mailbox.refresh_from_db()
    return mailbox


def token_ends(mailbox):
    secret = opening.secret_of(mailbox)
    opening.seal(mailbox, secret | {"expires_at": (clock.now() - timedelta(minutes=1)).isoformat()})
    mailbox.save()


def test_she_agrees_there_and_what_comes_there_is_seen_to(office, ngozi, there, kind):
    page = ngozi.browser.get(reverse("mail-portal")).content.decode()
    assert reverse(f"mail-{kind}") in page
    there.inbox.add(letters.written("dana@harlow.example", HERS, "Hours", "When?").as_bytes())
    answer = ngozi.connects(kind)
    mailbox = Mailbox.objects.get()
    assert answer["Location"].partition("?")[0] == reverse("mail-settings", args=[mailbox.pk])
    assert (mailbox.address, mailbox.username, mailbox.service) == (HERS, HERS, kind)
    assert (mailbox.from_mode, mailbox.incoming) == ("own", "imap")
    assert (mailbox.imap_host, *mailbox.smtp_host.split("."))[-2:] in (("gmail", "com"), ("office365", "com"))
    secret = opening.secret_of(mailbox)
    assert secret["refresh_token"].encode() not in bytes(mailbox.sealed_secret)
    office.settle()
    mailbox.refresh_from_db()
    assert mailbox.state == "connected"
    assert Mail.objects.get().subject == "Hours"


def test_no_more_is_asked_for_than_reading_and_sending_needs(ngozi, kind):
    _answer, query = ngozi.sets_out(kind)
    asked = set(query["scope"].split()) - {"openid", "email", "profile", "offline_access"}
    assert (
        asked
        == {
            "google": {"https://mail.google.com/"},
            "microsoft": {
                "https://outlook.office.com/IMAP.AccessAsUser.All",
                "https://outlook.office.com/SMTP.Send",
            },
        }[kind]
    )
    assert query["redirect_uri"].endswith("/portal/mail/online/back/")
    assert query["code_challenge_method"] == "S256"


def test_whoever_does_not_agree_or_not_to_enough_changes_nothing(ngozi, online, kind):
    _answer, query = ngozi.sets_out(kind)
    said = ngozi.comes_back(getattr(online, kind).consent.refuse(query)).content.decode()
    assert "You did not agree" in said
    said = ngozi.connects(kind, scope="openid email offline_access").content.decode()
    assert "Agree to both there" in said
    assert reverse(f"mail-{kind}") in said
    assert not Mailbox.objects.exists()


def test_a_return_works_once_and_only_for_whoever_set_out(office, ngozi, online):
    _answer, query = ngozi.sets_out("google")
    home = online.google.consent.agree(query, HERS)
    rival = Person(office, online, office.client("Rival").owner)
    assert rival.comes_back(home).status_code == 400
    assert ngozi.comes_back(home).status_code == 303
    assert ngozi.comes_back(home).status_code == 400
    back = reverse("mail-online-back")
    assert ngozi.browser.get(back, {"code": "x", "state": "made up"}).status_code == 400
    assert Mailbox.objects.count() == 1


def test_a_token_that_ended_is_renewed_before_it_is_used(connected, kind, online):
    before = opening.secret_of(connected)
    token_ends(connected)
    assert look().state == "connected"
    assert opening.secret_of(Mailbox.objects.get())["access_token"] != before["access_token"]


def test_a_token_that_the_mail_server_refuses_is_renewed_at_once(connected, kind, online):
    before = opening.secret_of(connected)["access_token"]
    for grant in getattr(online, kind).consent.grants.values():
        grant.access.clear()
    assert look().state == "connected"
    assert opening.secret_of(Mailbox.objects.get())["access_token"] != before


def test_consent_taken_back_is_seen_said_and_mended_by_agreeing_again(office, connected, ngozi, online, kind):
    service = hosts.of(kind).name
    getattr(online, kind).consent.take_back(HERS)
    mailbox = look()
    assert mailbox.state == "refused"
    assert mailbox.trouble == f"{service} lets us in no more. Connect the mailbox again, and agree there."
    broken = WorkItem.objects.open().filter(kind="messages.mailbox")
    assert broken.count() == 1
    page = ngozi.browser.get(reverse("mail-portal")).content.decode()
    assert mailbox.trouble in page
    assert f"{reverse(f'mail-{kind}')}?again={mailbox.pk}" in page
    said = ngozi.connects(kind, "somebody@else.example", again=mailbox.pk).content.decode()
    assert f"this mailbox is {HERS}" in said
    ngozi.connects(kind, again=mailbox.pk)
    assert not broken.exists()
    office.settle()
    assert Mailbox.objects.get().state == "connected"


def test_a_mail_server_that_refuses_whom_the_service_lets_in_is_told_apart(connected, there, ngozi, kind):
    there.account_of = lambda token: None
    assert "Whoever runs the mailbox must allow IMAP" in look().trouble
    Mailbox.objects.update(ended_at=clock.now(), state="off", sealed_secret=b"")
    assert "must allow IMAP" in ngozi.connects(kind).content.decode()


def test_a_service_that_is_away_is_no_refusal(connected, online, kind):
    token_ends(connected)
    getattr(online, kind).faults.coming = [Reply(503)]
    mailbox = look()
    assert (mailbox.state, mailbox.trouble) == (
        "troubled",
        "The mail server does not answer just now. We try again.",
    )
    assert look().state == "connected"


def test_an_answer_is_handed_in_with_a_token_and_with_another_if_that_is_refused(
    connected, kind, online, monkeypatch
):
    tried = []

    def hand_in(server, raw, **said):
        tried.append(server)
        if getattr(online, kind).consent.account_of(server.token) != HERS:
            raise Refused("sign-in 535")
        return Sent(said["receipt"])

    monkeypatch.setattr(handing_in.mail_as, "through_server", hand_in)
    said = {"envelope": HERS, "recipients": ["dana@harlow.example"], "message_id": "1@okafor.example"}
    assert handing_in.hand_in(connected, b"", **said).receipt == "<1@okafor.example>"
    assert [(each.username, each.password) for each in tried] == [(HERS, "")]
    for grant in getattr(online, kind).consent.grants.values():
        grant.access.clear()
    assert handing_in.hand_in(connected, b"", **said).receipt == "<1@okafor.example>"
    assert len({each.token for each in tried}) == 2
    getattr(online, kind).consent.take_back(HERS)
    with pytest.raises(Refused, match="consent"):
        handing_in.hand_in(connected, b"", **said)


def given_back():
    return Effect.objects.filter(kind=giving_back.REVOKE).exists()


def test_disconnected_it_is_given_back_unless_a_calendar_is_open_by_it_too(office, connected, ngozi, kind):
    connecting.disconnect(connected, by=connected.connected_by, at=clock.now())
    assert given_back() is (kind == "google")  # Microsoft has no such address
    assert bytes(Mailbox.objects.get().sealed_secret) == b""
    Effect.objects.filter(kind=giving_back.REVOKE).delete()
    ngozi.connects(kind)
    again = Mailbox.objects.get(ended_at=None)
    diary = Diary.objects.create(client=again.client)
    calendar = Connection.objects.create(client=again.client, diary=diary, kind=kind)
    calendars.disconnect(calendar, by=again.connected_by, at=clock.now())
    connecting.disconnect(again, by=again.connected_by, at=clock.now())
    assert given_back() is (kind == "google")
    Effect.objects.filter(kind=giving_back.REVOKE).delete()
    ngozi.connects(kind)
    Connection.objects.create(client=again.client, diary=diary, kind=kind)
    connecting.disconnect(Mailbox.objects.get(ended_at=None), by=again.connected_by, at=clock.now())
    assert not given_back()


def test_a_password_at_microsoft_is_answered_with_what_to_choose(ngozi):
    typed = {"address": "ngozi@outlook.com", "password": "right"}
    answer = ngozi.browser.post(reverse("mail-connect"), typed)
    assert answer.status_code == 422
    assert "choose Microsoft 365 or Outlook" in answer.content.decode()
    assert not Mailbox.objects.exists()


def test_a_service_the_office_has_not_set_up_is_said_so(ngozi, settings):
    settings.GOOGLE_CLIENT_ID = ""
    assert "the office has not set it up" in ngozi.sets_out("google")[0].content.decode()
    page = ngozi.browser.get(reverse("mail-portal")).content.decode()
    assert reverse("mail-google") not in page
    assert "Not set up by the office yet" in page


def test_one_that_a_password_opened_is_opened_by_consent_from_then_on(ngozi, okafor, kind):
    Mailbox.objects.create(client=okafor.row, address=HERS, incoming="imap", imap_host="imap.old.example")
    ngozi.connects(kind)
    assert Mailbox.objects.get().service == kind


@pytest.mark.parametrize(
    ("told", "owner"),
    [
        ({"email": "Ngozi@Okafor.example"}, ("ngozi@okafor.example", "ngozi@okafor.example")),
        (
            {"email": "ngozi@okafor.example", "preferred_username": "n.okafor@corp.example"},
            ("ngozi@okafor.example", "n.okafor@corp.example"),
        ),
        ({"preferred_username": "ngozi@okafor.example"}, ("ngozi@okafor.example", "ngozi@okafor.example")),
        ({"preferred_username": "+447700900123"}, None),
        ({}, None),
    ],
)
def test_whose_it_is_is_told_with_the_token(told, owner):
    found = hosts.owner_in(f"x.{encoded(told)}.x")
    assert (found and (found.address, found.username)) == owner


@pytest.mark.parametrize("told", ["", "x", "x.%%%.x", "x.bnVsbA.x", "x.W10.x"])
def test_what_is_no_token_tells_of_nobody(told):
    assert hosts.owner_in(told) is None


def encoded(told):
    return base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
