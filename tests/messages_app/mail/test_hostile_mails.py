"""Whatever comes, by whatever way, stands on a page in the end, or a person is told that it was not read.

The whole way: posted by a provider or lying in the client's own mailbox, kept, worked, filed into a
conversation, and every page of it opened. `HOSTILE_MAILS` says how many are made; 50,000 without it, all by

    python3 manage.py test tests/messages_app/mail/test_hostile_mails.py -m slow
"""

import base64
import json
import os
import random
import re
import resource
import time
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client as Http
from django.urls import reverse

from messages_app.mail import filing, identity, opening, original, syncing
from messages_app.mail.reading import read
from messages_app.models import InboundMail, Mail, Mailbox, MailPlace, MailThread
from secretariat import clock
from secretariat.office.models import Post
from secretariat.outbox import working
from secretariat.outbox.models import InboundEvent

from .hostile_mails import OURS, RUNS, altered, mails
from .lies_elsewhere import LiesElsewhere

HERS = "ngozi@okafor.example"
SHOWN = {"Authorization": "Basic " + base64.b64encode(b"outside:secret").decode()}
SHARES = 10
AT_ONCE = 100
WHOLE = int(os.environ.get("HOSTILE_MAILS", "50000"))


@pytest.fixture
def there(monkeypatch):
    there = LiesElsewhere()
    monkeypatch.setattr(opening, "MailboxAt", there.opened)
    return there


@pytest.fixture
def mailbox(okafor, there):
    """Hers, read where it lies and brought by our provider, too. It was empty when it was connected."""
    mailbox = Mailbox(client=okafor.row, address=HERS, incoming="both", imap_host="mail.okafor.example")
    opening.seal(mailbox, {"password": "right"})
    mailbox.save()
    syncing.look(mailbox, at=clock.now())
    return mailbox


@pytest.fixture
def reader(office, priya, settings):
    """Her browser. She supervises, too, and so is shown what could not be read."""
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": "outside:secret"}
    Post.objects.create(user=priya.user, post=Post.Kind.SUPERVISOR)
    return office.browser(priya)


class Way:
    """Mails that come together, and what becomes of them."""

    def __init__(self, mailbox: Mailbox, there: LiesElsewhere, desk):
        self.mailbox, self.there, self.desk = mailbox, there, desk
        self.posted, self.lying = 0, {}
        self.slowest = 0.0

    def comes(self, raw: bytes, chance: random.Random) -> None:
        match chance.randrange(3):
            case 0:
                self.lying[self.there.inbox.add(raw)] = raw
            case 1:
                self._posted("sparkpost", [{"msys": {"relay_message": self._as_sparkpost_says(raw)}}])
            case _:
                self._posted("postmark", self._as_postmark_says(raw))

    def _as_sparkpost_says(self, raw: bytes) -> dict:
        content = {"email_rfc822": base64.b64encode(raw).decode(), "email_rfc822_is_base64": True}
        return {"protocol": "smtp", "msg_from": "dana@harlow.example", "rcpt_to": HERS, "content": content}

    def _as_postmark_says(self, raw: bytes) -> dict:
        sender = {"Email": "dana@harlow.example", "Name": "", "MailboxHash": ""}
        said = {"FromFull": sender, "OriginalRecipient": HERS, "MessageID": "1", "MessageStream": "inbound"}
        headers = [{"Name": "Return-Path", "Value": "<dana@harlow.example>"}]
        return said | {"RawEmail": raw.decode("utf-8", "replace"), "Headers": headers, "Attachments": []}

    def _posted(self, esp: str, told) -> None:
        answer = Http().post(f"/anymail/{esp}/inbound/", told, content_type="application/json", headers=SHOWN)
        assert answer.status_code == 200
        self.posted += 1

    def is_worked(self) -> None:
        while self._timed(lambda: working.drain_inbox(1)):
            pass
        while not (found := self._timed(lambda: syncing.look(self.mailbox, at=clock.now()))).is_over:
            assert not found.trouble
        assert not found.trouble

    def _timed(self, act):
        began = time.process_time()
        answer = act()
        self.slowest = max(self.slowest, time.process_time() - began)
        return answer

    def nothing_is_lost(self) -> None:
        events = list(InboundEvent.objects.filter(provider="anymail"))
        assert {each.state for each in events} <= {InboundEvent.State.WORKED}
        unread = 0
        for event in events:
            if event.kind == "mail":
                self._is_kept(base64.b64decode(json.loads(event.body)["raw"]))
            elif event.kind == "unread":
                unread += 1
        assert InboundMail.objects.count() == unread
        assert len(events) >= bool(self.posted)
        lying = {place.uid: place.mail for place in MailPlace.objects.select_related("mail")}
        assert set(lying) == set(self.lying)
        for uid, raw in self.lying.items():
            assert self._is_kept(raw) == lying[uid]

    def _is_kept(self, raw: bytes) -> Mail:
        mail = filing.known(self.mailbox, identity.key_of(read(raw)))
        assert mail is not None
        assert original.bytes_of(mail) is not None
        assert "It could not be read." not in mail.trouble
        return mail

    def every_page_opens(self) -> None:
        for thread in MailThread.objects.all():
            page = self._page(reverse("inbox-thread", args=[thread.pk]))
            for mail in thread.mails.all():
                assert f'id="mail-{mail.pk}"' in page
                self._opens(mail)
            if mail.has_html:
                self._page(reverse("inbox-mail", args=[mail.pk]))
        for show in ("", "later", "waiting", "done", "junk", "all"):
            self._page(reverse("inbox") + f"?show={show}")
        for came in InboundMail.objects.all():
            self._page(reverse("messages-mail", args=[came.pk]))

    def _opens(self, mail: Mail) -> None:
        if mail.has_html:
            inside = self._page(reverse("inbox-frame", args=[mail.pk])).partition("<body>")[2]
            assert not RUNS.search(inside), inside
            assert not re.search(r"(?i)<[^>]*src=.{0,3}https?:", inside)
        for number, file in enumerate(mail.attachments):
            if file["kind"].startswith("image/"):
                answer = self.desk.get(reverse("inbox-part", args=[mail.pk]), {"n": number})
                assert answer.status_code == 200
                assert answer["Content-Type"] == file["kind"]

    def _page(self, address: str) -> str:
        answer = self._timed(lambda: self.desk.get(address))
        assert answer.status_code == 200, address
        return answer.content.decode()


@contextmanager
def undone():
    """As if it had not been, so that the next mails find an empty mailbox."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def told_apart(raw: bytes, number: int) -> bytes:
    """Else many are the same, by their Message-ID; most answer one another, and stand on one page."""
    answers = b"In-Reply-To: <%d@made.example>\n" % (number // 20 * 20 + 1) if number % 8 > 2 else b""
    return b"Message-ID: <%d@made.example>\n" % number + answers + raw


def go_the_whole_way(count: int, seed: int, *, mailbox, there, desk) -> None:
    chance, known, slowest = random.Random(seed), mails(), 0.0
    waiting = [*(known if count > len(known) else OURS), *(None for _ in range(count))]
    for start in range(0, len(waiting), AT_ONCE):
        with undone():
            there.inbox.mails.clear()
            way = Way(Mailbox.objects.get(pk=mailbox.pk), there, desk)
            for number, raw in enumerate(waiting[start : start + AT_ONCE]):
                raw = raw or altered(chance.choice(known), known, chance)
                way.comes(told_apart(raw, number) if number % 8 else raw, chance)
            way.is_worked()
            way.nothing_is_lost()
            way.every_page_opens()
            slowest = max(slowest, way.slowest)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(waiting)} mails; slowest step {slowest:.2f} s of a processor; {memory:.0f} MB at most")


def test_hostile_mails_come_to_a_page(reader, mailbox, there):
    go_the_whole_way(25, 3, mailbox=mailbox, there=there, desk=reader)


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_fifty_thousand_hostile_mails_come_to_a_page(reader, mailbox, there, share):
    go_the_whole_way(-(-WHOLE // SHARES), 100 + share, mailbox=mailbox, there=there, desk=reader)
