"""What each provider tells of a mail that left: posted as it documents it, kept, worked, shown."""

import base64
import json

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client as Http
from django.urls import reverse

from clients.models import Suppression, WorkItem
from messages_app.answering import claiming, drafting, following, sending_off
from messages_app.answering.sending_off import Said
from messages_app.models import InboundMail, MailThread, OutgoingMail
from secretariat import clock
from secretariat.settings.mail import WEBHOOK_KEYS

from . import provider_events as events

DANA, KIM = "dana@harlow.example", "kim@harlow.example"
SHOWN = {"Authorization": "Basic " + base64.b64encode(b"outside:secret").decode()}
ESPS = {each.__name__: each for each in events.PROVIDERS}


@pytest.fixture(scope="module")
def postal_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(autouse=True)
def keys(settings, postal_key):
    public = postal_key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    given = {
        "MAILERSEND_SIGNING_SECRET": events.SECRET,
        "MAILGUN_WEBHOOK_SIGNING_KEY": events.SECRET,
        "MAILTRAP_TRACKING_SECRET": events.SECRET,
        "MANDRILL_WEBHOOK_KEY": "mandrill",
        "MANDRILL_WEBHOOK_URL": events.MANDRILL_AT,
        "POSTAL_WEBHOOK_KEY": "".join(public.decode().splitlines()[1:-1]),
    }
    assert set(given) <= WEBHOOK_KEYS  # all of them can be set
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": ["outside:secret"], **given}


@pytest.fixture
def tells(office, postal_key):
    """The provider posts, and once more what it was thanked for. False: it tells no such thing."""

    def telling(esp, what, receipt, *to):
        made = ESPS[esp](what, receipt, *to, postal_key=postal_key)
        if made is None:
            return False
        path, body, kind, headers = made
        for _ in range(2):
            answer = Http().generic("POST", path, body, content_type=kind, headers=SHOWN | headers)
            assert answer.status_code == 200
        office.settle()
        return True

    telling.settles = office.settle
    return telling


@pytest.fixture
def sent(office, mailbox, writes, priya):
    """An answer in the client's name that has left, and that the provider knows by its own id."""

    def sending(receipt, to=(DANA,)):
        writes()
        thread = MailThread.objects.get()
        claiming.claim(thread, by=priya.user, at=clock.now())
        draft = drafting.answer(thread, by=priya.user, at=clock.now())
        said = Said(to=list(to), cc=[], bcc=[], subject="Re: Hours", words="At nine.")
        row = sending_off.send(draft, said, by=priya.user, at=clock.now())
        office.passes(11)
        OutgoingMail.objects.update(receipt=receipt)
        row.refresh_from_db()
        assert row.state == "sent"
        return row

    return sending


def came_back():
    return WorkItem.objects.open().filter(kind=following.CAME_BACK)


def fates(row):
    row.refresh_from_db()
    return {address: fate["state"] for address, fate in row.fates.items()}


@pytest.mark.parametrize("esp", ESPS)
def test_that_it_arrived_is_kept_and_asks_nobody(sent, tells, esp):
    receipt = events.PROVIDERS[ESPS[esp]]
    row = sent(receipt)
    told = tells(esp, events.DELIVERED, receipt, DANA)
    assert fates(row) == ({DANA: "delivered"} if told else {})
    assert not came_back().exists()


@pytest.mark.parametrize("esp", ESPS)
def test_a_mailbox_that_is_not_there_is_written_to_no_more_and_a_person_sees_why(sent, tells, desk, esp):
    receipt = events.PROVIDERS[ESPS[esp]]
    row = sent(receipt)
    tells(esp, events.GONE, receipt, DANA)
    assert fates(row) == {DANA: "bounced"}
    assert list(Suppression.objects.values_list("address", "because")) == [(DANA, "bounced")]
    assert came_back().count() == 1
    page = desk.get(reverse("outgoing", args=[row.pk])).content.decode()
    assert f"{DANA} did not get it: it came back." in page
    page = desk.get(reverse("inbox-thread", args=[row.thread_id])).content.decode()
    assert f"Nothing is sent to {DANA}: mail came back for good." in page


@pytest.mark.parametrize("esp", ESPS)
def test_a_full_mailbox_is_not_a_gone_one(sent, tells, esp):
    receipt = events.PROVIDERS[ESPS[esp]]
    row = sent(receipt)
    tells(esp, events.FULL, receipt, DANA)
    assert not Suppression.objects.exists()
    if fates(row):  # some only say so once they have given up
        assert "Not for good" in following.troubles_in_words(row)[0]
        assert came_back().count() == 1


@pytest.mark.parametrize("esp", ESPS)
def test_who_does_not_want_it_is_written_to_no_more(sent, tells, desk, esp):
    receipt = events.PROVIDERS[ESPS[esp]]
    row = sent(receipt)
    if not tells(esp, events.UNWANTED, receipt, DANA):
        assert (esp, fates(row)) == ("postal", {})  # the one that tells of no complaints
        return
    assert fates(row) == {DANA: "complained"}
    assert list(Suppression.objects.values_list("address", "because")) == [(DANA, "complained")]
    page = desk.get(reverse("outgoing", args=[row.pk])).content.decode()
    assert f"{DANA} marked it as unwanted." in page


def test_a_mailbox_that_was_full_to_the_end_is_still_there(sent, tells):
    """Given up at last, Mailgun calls it a bounce for good; the server's own code says that it was full."""
    receipt = events.PROVIDERS[events.mailgun]
    row = sent(receipt)
    path, body, kind, headers = events.mailgun(events.GONE, receipt, DANA)
    said = b"5.2.2 The email account that you tried to reach is over quota."
    body = body.replace(events.NOT_THERE.removeprefix("550 ").encode(), said).replace(b": 550", b": 552")
    assert said in body
    Http().generic("POST", path, body, content_type=kind, headers=SHOWN | headers)
    tells.settles()
    assert fates(row) == {DANA: "bounced"}
    assert not Suppression.objects.exists()
    assert "Not for good" in following.troubles_in_words(row)[0]


def test_a_mail_that_came_back_to_postal_itself(sent, tells, postal_key):
    """Another server took it, and sent it back later: MessageBounced, which names both mails."""
    receipt = events.PROVIDERS[events.postal]
    row = sent(receipt)
    path, body, kind, headers = events.postal_came_back(receipt, DANA, postal_key=postal_key)
    assert Http().generic("POST", path, body, content_type=kind, headers=SHOWN | headers).status_code == 200
    tells.settles()
    assert fates(row) == {DANA: "bounced"}


def test_amazon_names_what_happened_in_two_ways(sent, tells):
    """By its notifications, and by a configuration set's events, in which the key is called eventType."""
    receipt = events.PROVIDERS[events.amazon_ses]
    row = sent(receipt)
    path, body, kind, headers = events.amazon_ses(events.GONE, receipt, DANA)
    body = body.replace(b"notificationType", b"eventType")
    assert Http().generic("POST", path, body, content_type=kind, headers=SHOWN | headers).status_code == 200
    tells.settles()
    assert fates(row) == {DANA: "bounced"}


def test_mailjet_posts_one_event_bare(sent, tells):
    """Unless its events are grouped, it is no list."""
    receipt = events.PROVIDERS[events.mailjet]
    row = sent(receipt)
    path, body, kind, headers = events.mailjet(events.GONE, receipt, DANA)
    [bare] = json.loads(body)
    answer = Http().generic("POST", path, json.dumps(bare), content_type=kind, headers=SHOWN | headers)
    assert answer.status_code == 200
    tells.settles()
    assert fates(row) == {DANA: "bounced"}


def test_mandrill_looks_whether_we_are_there_before_it_has_a_key(office, settings):
    """Its first request is HEAD, without a signature; only after that it shows the key."""
    given = dict(settings.ANYMAIL)
    del given["MANDRILL_WEBHOOK_KEY"]
    settings.ANYMAIL = given
    assert Http().head("/anymail/mandrill/", headers=SHOWN).status_code == 200


def test_sparkpost_tries_an_address_with_an_event_of_nothing(office):
    body = json.dumps([{"msys": {}}])
    where = "/anymail/sparkpost/tracking/"
    assert (
        Http().generic("POST", where, body, content_type="application/json", headers=SHOWN).status_code == 200
    )
    office.settle()
    assert not InboundMail.objects.exists()


def test_of_two_whom_one_event_names_both_are_known(sent, tells):
    row = sent("0102018b7cd2e5f4", to=(DANA, KIM))
    tells("amazon_ses", events.GONE, row.receipt, DANA, KIM)
    assert fates(row) == {DANA: "bounced", KIM: "bounced"}
    assert Suppression.objects.count() == 2


def test_of_two_at_the_same_second_both_are_known(sent, tells):
    row = sent("19421777835146490", to=(DANA, KIM))
    for each in (DANA, KIM):
        tells("mailjet", events.GONE, row.receipt, each)
    assert fates(row) == {DANA: "bounced", KIM: "bounced"}


def test_where_nobody_can_tell_which_of_several_nobody_is_cut_off_and_a_person_is_told(sent, tells, desk):
    row = sent("56761188", to=(DANA, KIM))
    tells("resend", events.UNWANTED, row.receipt, DANA, KIM)
    assert fates(row) == {"": "complained"}
    assert not Suppression.objects.exists()
    assert came_back().count() == 1
    page = desk.get(reverse("outgoing", args=[row.pk])).content.decode()
    assert "Somebody of those it went to marked it as unwanted." in page
    tells("resend", events.DELIVERED, row.receipt, DANA, KIM)
    assert fates(row) == {"": "complained"}


def test_an_id_of_its_own_for_each_address_is_known_by_what_we_gave_along(office, sent):
    row = sent("first-of-two", to=(DANA, KIM))
    path, body, kind, headers = events.sparkpost(events.GONE, "second-of-two", KIM)
    body = body.replace(b'"rcpt_meta": {}', f'"rcpt_meta": {{"key": "{row.effect.key}"}}'.encode())
    answer = Http().generic("POST", path, body, content_type=kind, headers=SHOWN | headers)
    assert answer.status_code == 200
    office.settle()
    assert fates(row) == {KIM: "bounced"}


def test_what_nobody_can_read_is_thanked_for_and_one_of_them_is_work(office):
    told = {"RecordType": "Bounce", "BouncedAt": "never", "Type": "HardBounce", "ID": 7}
    for number in range(3):
        body = json.dumps({"events": [told | {"ID": number}]}).encode()
        headers = SHOWN | {"Mailtrap-Signature": events.signed(body)}
        where = "/anymail/mailtrap/tracking/"
        answer = Http().generic("POST", where, body, content_type="application/json", headers=headers)
        assert answer.status_code == 200
    office.settle()
    assert InboundMail.objects.count() == 3
    item = WorkItem.objects.open().get(kind="messages.unread_mail")
    assert "perhaps a mail did not arrive" in item.because
    firm = office.browser(office.supervisor())
    page = firm.get(reverse("messages-mail", args=[item.subject_id])).content.decode()
    assert "could not be read" in page


@pytest.mark.parametrize("esp", ESPS)
def test_whoever_shows_no_secret_tells_us_nothing(esp, sent, postal_key):
    receipt = events.PROVIDERS[ESPS[esp]]
    row = sent(receipt)
    path, body, kind, headers = ESPS[esp](events.GONE, receipt, DANA, postal_key=postal_key)
    kept = {name: value for name, value in headers.items() if "Signature" not in name}
    body = body.replace(b'"signature": ', b'"signed": ')
    answer = Http().generic("POST", path, body, content_type=kind, headers=kept)
    assert answer.status_code in (400, 401)
    assert fates(row) == {}
    assert not Suppression.objects.exists()
