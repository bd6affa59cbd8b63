"""A look into a client's mailbox elsewhere: what came, what she sent, what she filed, deleted or answered.

No transaction is open while a server is asked. A mail is kept in the same transaction in which the folder
moves on past it, so whoever is killed in between goes on where she was, and what is read twice is kept once.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min

from messages_app.answering import following
from messages_app.models import Mail, Mailbox, MailFolder, MailPlace
from secretariat.channels.mailbox_at import Head, MailboxAt, NotTold, Refused, Unreachable

from . import coming_in, connection_state, filing, herself, identity, large, opening
from .reading import read

LONGEST = 9.0  # seconds of one look; the next one goes on
AT_ONCE = 25  # mails of whose heads is asked together
LOOKED_BACK = timedelta(days=14)
FRESH = timedelta(days=3)  # what had come unread before we did, and still is to be answered
OLD = timedelta(days=7)  # what was put into the inbox long after it came
MOST_SKIPPED = 500
RENUMBERED_BACK = timedelta(days=60)
Role = MailFolder.Role


@dataclass
class Found:
    """What a look brought. Not `is_over`: there is more to read. `large`: what is to be taken last."""

    new: int = 0
    is_over: bool = True
    trouble: str = ""
    large: list[tuple[MailFolder, Head, datetime]] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    @property
    def is_late(self) -> bool:
        return time.monotonic() - self.began > LONGEST


def look(mailbox: Mailbox, *, at: datetime, still_mine: Callable[[], bool] = lambda: True) -> Found:
    """Read what is new. Whatever its server does is noted on the mailbox, and raises nothing.

    `still_mine` says, while a large mail is fetched, that somebody does; False: somebody else is at it now.
    """
    found = Found()
    try:
        with opening.opened(mailbox) as there:
            folders = _folders(mailbox, there)
            for folder in folders:
                _look_into(folder, there, found, at=at)
            _take_large(there, found, still_mine, at=at)
    except large.TakenOver:
        found.trouble = "taken over"
    except Refused as refusal:
        found.trouble = refusal.code
        connection_state.refused(mailbox, refusal.code, at=at)
    except Unreachable as silence:
        found.trouble = silence.code
        connection_state.away(mailbox, silence.code, at=at)
    except OSError:  # the disk of ours takes nothing more: what is there stays there
        found.trouble = "disk"
        connection_state.away(mailbox, "disk", at=at)
    else:
        withheld = sum(len(folder.skipped) for folder in folders) - len(found.large)
        connection_state.worked(mailbox, at=at, is_over=found.is_over, withheld=withheld)
    return found


def _folders(mailbox: Mailbox, there: MailboxAt) -> list[MailFolder]:
    """The inbox first. A folder that has another name by now is read anew."""
    found = []
    for each in there.folders():
        folder, _new = MailFolder.objects.get_or_create(
            mailbox=mailbox, role=each.role, defaults={"client_id": mailbox.client_id, "name": each.name}
        )
        if folder.name != each.name:
            _begin_anew(folder, 0, name=each.name)
        found.append(folder)
    return sorted(found, key=lambda folder: folder.role != Role.INBOX)


@transaction.atomic
def _begin_anew(folder: MailFolder, uidvalidity: int, **columns) -> None:
    """Its numbers mean nothing any more: the mails are recognised by what they are."""
    MailPlace.objects.filter(folder=folder).delete()
    columns |= {"uidvalidity": uidvalidity, "last_uid": 0, "skipped": []}
    MailFolder.objects.filter(pk=folder.pk).update(**columns)
    folder.refresh_from_db()


def _look_into(folder: MailFolder, there: MailboxAt, found: Found, *, at: datetime) -> None:
    opened = there.open(folder.name)
    is_first = folder.uidvalidity == 0
    if opened.uidvalidity != folder.uidvalidity:
        _begin_anew(folder, opened.uidvalidity)
    old_before = _old_before(folder, is_first=is_first, at=at)
    uids = _to_read(folder, there, at=at)
    for start in range(0, len(uids), AT_ONCE):
        if found.is_late:
            found.is_over = False
            return
        chunk = uids[start : start + AT_ONCE]
        heads = _heads(folder, there, chunk)
        for uid in chunk:
            head = heads.get(uid)
            if head and large.is_large(head):
                _passed(folder, uid, is_skipped=True)
                found.large.append((folder, head, old_before))
            elif head:
                found.new += _take(folder, head, there, old_before=old_before, at=at)
            else:
                _passed(folder, uid, is_skipped=uid in heads)
    if folder.last_uid < opened.uidnext - 1:
        _passed(folder, opened.uidnext - 1)
    if folder.role == Role.INBOX:
        _follow(folder, there, at=at)
    MailFolder.objects.filter(pk=folder.pk).update(looked_at=at)


def _take_large(there: MailboxAt, found: Found, still_mine: Callable[[], bool], *, at: datetime) -> None:
    """What may take long, or break off each time, keeps nobody from the rest. One is taken in each look."""
    is_late = not found.is_over
    while found.large:
        if is_late:
            found.is_over = False
            return
        folder, head, old_before = found.large[0]
        if there.open(folder.name).uidvalidity == folder.uidvalidity:
            found.new += _take(folder, head, there, still_mine, old_before=old_before, at=at)
        del found.large[0]
        is_late = found.is_late


def _heads(folder: MailFolder, there: MailboxAt, uids: list[int]) -> dict[int, Head | None]:
    """None: it is there, and not to be had now. What was not to be had before keeps nobody from the rest."""
    try:
        return there.heads(uids)
    except NotTold:
        if set(uids) <= set(folder.skipped):
            return dict.fromkeys(uids)
        raise


def _to_read(folder: MailFolder, there: MailboxAt, *, at: datetime) -> list[int]:
    """The numbers of what is new: of a folder that is read for the first time, or anew, the last days.

    Anew as far back, too, as what still waits here: else nobody saw that she files or deletes it.
    """
    if folder.last_uid:
        return [*folder.skipped, *there.after(folder.last_uid)]
    if folder.looked_at is None:
        return there.since((at - LOOKED_BACK).date())
    return there.since(min(at - RENUMBERED_BACK, _waits_since(folder) or at).date())


def _waits_since(folder: MailFolder) -> datetime | None:
    """When the oldest of it came that somebody here is to see to, if we had been let in by then."""
    if folder.role != Role.INBOX:
        return None
    waits = Mail.objects.filter(mailbox=folder.mailbox, direction=Mail.Direction.IN, gone=False)
    oldest = waits.filter(thread__state="open").aggregate(at=Min("at"))["at"]
    day_by_its_server = timedelta(days=1)
    return oldest and max(oldest - day_by_its_server, folder.mailbox.connected_at - LOOKED_BACK)


def _old_before(folder: MailFolder, *, is_first: bool, at: datetime) -> datetime:
    """What its server took in before this was there before we came, or was dealt with, and asks nobody."""
    if folder.looked_at is None:
        return folder.mailbox.connected_at - FRESH
    if is_first or folder.last_uid == 0:
        return folder.looked_at - timedelta(hours=1)
    return at - OLD


def _take(
    folder: MailFolder,
    head: Head,
    there: MailboxAt,
    still_mine: Callable[[], bool] = lambda: True,
    *,
    old_before: datetime,
    at: datetime,
) -> int:
    """Keep one mail, unless it is known: then only where it lies. Returns how many were new."""
    told = read(head.header)
    key = identity.key_of(told) if identity.is_told_by_headers(told) else ""
    known = filing.known(folder.mailbox, key) if key else None
    fetched = large.Fetched(b"") if known else large.fetched(there, head, still_mine)
    if fetched is None:
        _passed(folder, head.uid, is_skipped=True)
        return 0
    came_at = min(head.at or at, at)
    was_there = (head.at is not None and head.at < old_before) or (
        folder.looked_at is None and "\\seen" in head.flags
    )
    with transaction.atomic():
        ours = following.sent_as(folder.mailbox, told.message_id) if folder.role == Role.SENT else None
        told_of_ours = following.filed_as(ours) if ours else {}
        if known is not None:
            mail, new = known, 0
        else:
            facts: dict[str, Any] = {
                name: getattr(fetched, name) for name in ("trouble", "is_beginning", "written")
            }
            if folder.role == Role.INBOX and not was_there:
                filed = coming_in.came(folder.mailbox, fetched.raw, filed_at=came_at, at=at, **facts)
            else:
                direction = Mail.Direction.IN if folder.role == Role.INBOX else Mail.Direction.OUT
                facts |= {"direction": direction, "at": came_at, "now": at, "was_there": was_there}
                filed = filing.file(folder.mailbox, fetched.raw, **facts, **told_of_ours)
            mail, new = filed.mail, int(filed.is_new)
        MailPlace.objects.update_or_create(
            folder=folder, uid=head.uid, defaults={"mail": mail, "client_id": folder.client_id}
        )
        if folder.role == Role.INBOX:
            herself.marked(mail, head.flags, at=at)
            if not new:
                herself.put_back(mail, at=at)
        elif not new:
            herself.sent(mail, by=told_of_ours.get("by"), now=at)
        if ours:
            following.arrived_after_all(ours, by=None, at=at)
        _passed(folder, head.uid)
    return new


def _passed(folder: MailFolder, uid: int, *, is_skipped: bool = False) -> None:
    """The folder is read as far as this; what was there and not to be had is tried again by the next look."""
    others = [each for each in folder.skipped if each != uid]
    if is_skipped and len(others) >= MOST_SKIPPED:
        raise NotTold  # no further, rather than to forget one
    folder.last_uid = max(folder.last_uid, uid)
    folder.skipped = [*others, uid] if is_skipped else others
    folder.save(update_fields=["last_uid", "skipped"])


def _follow(folder: MailFolder, there: MailboxAt, *, at: datetime) -> None:
    """What became, in her own program, of the mails that somebody here is to see to."""
    places = MailPlace.objects.filter(folder=folder, mail__thread__state="open", mail__gone=False)
    by_uid = {place.uid: place for place in places.select_related("mail__thread")}
    if not by_uid:
        return
    marks = there.flags(sorted(by_uid))
    for uid, place in by_uid.items():
        with transaction.atomic():
            if uid not in marks or "\\deleted" in marks[uid]:
                place.delete()
                herself.took_away(place.mail, at=at)
            else:
                herself.marked(place.mail, marks[uid], at=at)
