"""A diary at a secret address: made, made anew, taken back, and what is read there.

The address is the only key, so it is shown once and only its hash is kept. It answers as long as whoever
made it is at the client, and the diary is in use.
"""

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import uuid5

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from clients.models import Contact
from secretariat import ledger
from secretariat.office.models import User

from . import busy, free_time, published, telling_out
from .free_time import Kind
from .models import Diary, Feed, Occurrence

SUBJECT = "calendar_app.feed"
BACK, AHEAD = timedelta(days=90), timedelta(days=540)
MOST = 5000  # entries


@dataclass(frozen=True)
class Document:
    """What stands at the address. `changed_at` is when it last said something else; both name a version."""

    etag: str
    changed_at: datetime
    entries: tuple[published.Told, ...]
    name: str

    def text(self) -> str:
        every = published.RENEWED_EVERY
        return published.calendar(self.entries, stamp=self.changed_at, name=self.name, every=every)


@transaction.atomic
def make(diary: Diary, words: str, *, by: User, at: datetime) -> tuple[Feed, str]:
    """A new address, and the token in it, which is told only now. The one there was answers no more."""
    if diary._state.adding:
        diary, _made = Diary.objects.get_or_create(client=diary.client, contact=diary.contact)
    Diary.objects.select_for_update().get(pk=diary.pk)
    for standing in Feed.objects.filter(diary=diary, words=words, ended_at=None):
        take_back(standing, by=by, at=at)
    token = secrets.token_urlsafe(32)
    feed = Feed.objects.create(
        client_id=diary.client_id,
        diary=diary,
        words=words,
        token_hash=hash_of(token),
        made_by=by,
        made_at=at,
    )
    _record("made", feed, by)
    return feed, token


@transaction.atomic
def take_back(feed: Feed, *, by: User, at: datetime) -> bool:
    """It answers no more. False if it was taken back before."""
    ended = Feed.objects.filter(pk=feed.pk, ended_at=None).update(ended_at=at)
    if ended:
        _record("taken_back", feed, by)
    return bool(ended)


def address(token: str) -> str:
    return settings.PUBLIC_BASE_URL + reverse("diary-feed", args=[token])


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def answering(feeds: QuerySet[Feed]) -> QuerySet[Feed]:
    """Those of them that answer. The others were taken back, or whoever made them may not read on."""
    there = Contact.objects.filter(client=OuterRef("client"), user=OuterRef("made_by"), is_active=True)
    there = there.filter(~Q(standing=Contact.Standing.MEMBER) | Q(pk=OuterRef("diary__contact")))
    in_use = Q(diary__contact=None) | Q(diary__contact__is_active=True)
    maker = Exists(there.filter(user__is_active=True))
    return feeds.filter(
        in_use, maker, ended_at=None, diary__is_active=True, client__is_active=True
    ).select_related("client", "diary__client", "diary__contact")


def opened(token: str) -> Feed | None:
    """The feed at this address, if it answers."""
    return answering(Feed.objects.filter(token_hash=hash_of(token))).first()


def document(feed: Feed, *, at: datetime) -> Document:
    """What the diary says at this moment, and since when it has said so."""
    language = feed.client.language or settings.LANGUAGE_CODE
    with translation.override(language):
        entries = tuple(_entries(feed, at)[:MOST])
        name = (
            str(feed.diary) if feed.words == Feed.Words.FULL else _("%(diary)s, busy") % {"diary": feed.diary}
        )
    said = json.dumps([name, *map(asdict, entries)], cls=DjangoJSONEncoder, sort_keys=True)
    found = hash_of(said)
    if found != feed.content_hash or feed.changed_at is None:
        # To the second, as HTTP tells it; later than the one before, whichever of two fetches is first.
        second = at.replace(microsecond=0)
        Feed.objects.filter(pk=feed.pk).update(content_hash=found, changed_at=second)
        feed.content_hash, feed.changed_at = found, second
    return Document(found[:32], feed.changed_at, entries, name)


def note_fetched(feed: Feed, *, at: datetime) -> None:
    Feed.objects.filter(pk=feed.pk).update(fetched_at=at, fetched_times=F("fetched_times") + 1)


def _entries(feed: Feed, at: datetime) -> list[published.Told]:
    begins, ends = at - BACK, at + AHEAD
    if feed.words == Feed.Words.FULL:
        return telling_out.of_diary(feed.diary, begins, ends, at=at, at_most=MOST)
    return _only_when(feed, begins, ends, at)


def _only_when(feed: Feed, begins: datetime, ends: datetime, at: datetime) -> list[published.Told]:
    """Taken time from every source, by the diary's own rules, without a word."""
    diary, rules = feed.diary, busy.rules_of(feed.diary)
    found: list[published.Told] = []
    seen = set()
    for each in sorted(busy.taken(diary, begins, ends, at=at, reader=None), key=lambda one: one.starts):
        perhaps = each.kind is Kind.HELD or each.busy == Occurrence.Busy.TENTATIVE
        key = f"{each.starts.isoformat()}/{each.ends.isoformat()}"
        if key in seen or not free_time.counts(each, rules):
            continue
        seen.add(key)
        found.append(
            published.Told(
                uid=str(uuid5(feed.pk, key)),
                starts=each.starts,
                ends=each.ends,
                zone=diary.zone_name,
                summary=_("Busy"),
                status=published.TENTATIVE if perhaps else published.CONFIRMED,
                all_day=each.all_day,
            )
        )
    return found


def _record(verb: str, feed: Feed, by: User) -> None:
    ledger.record(
        f"{SUBJECT}.{verb}",
        actor_id=by.pk,
        client_id=feed.client_id,
        subject=(SUBJECT, feed.pk),
        detail={"words": feed.words},
    )
