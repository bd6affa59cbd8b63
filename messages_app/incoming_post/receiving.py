"""An envelope that came for a client: noted, opened, scanned, passed on, and where its paper is."""

from contextlib import suppress
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from clients import audience, work
from clients.models import Client, Contact, WorkItem
from messages_app.announcing import announce as announce_message
from messages_app.dispatch import dispatch
from messages_app.event_log import log
from messages_app.letters import posting
from messages_app.letters.posting import Envelope
from messages_app.models import Message, PostRules, ReceivedPost
from secretariat import clock, ledger, live, media
from secretariat.card_numbers import redact
from secretariat.media.models import MediaFile

from . import opening, rules, telling

SUBJECT = "messages_app.receivedpost"
TO_PASS_ON, WISHED, TO_SHRED = "post.to_pass_on", "post.wished", "post.to_shred"
TO_SEND_ON = "post.to_send_on"
SCAN_KIND = "post.scan"
State, Paper, Wish = ReceivedPost.State, ReceivedPost.Paper, ReceivedPost.Wish
GOES = {Wish.SEND_ON: Paper.SENT_ON, Wish.RETURN: Paper.RETURNED, Wish.SHRED: Paper.SHREDDED}


class NotAsSeen(Exception):
    """Somebody did something with it since it was shown."""


class NotAllowed(Exception):
    """The client does not let us. The message says what."""


def rules_of(client: Client) -> PostRules | None:
    return PostRules.objects.filter(client=client).first()


def goes_to(post: ReceivedPost, its: PostRules | None) -> str:
    """Where its paper is to go next, by her wish or by her rule; empty: nowhere yet."""
    if post.paper != Paper.HERE:
        return ""
    if post.wish in GOES:
        return GOES[Wish(post.wish)]
    return Paper.SENT_ON if its and rules.sends_on(its.then, post.wish) else ""


@transaction.atomic
def note(
    client: Client, *, kind: str, sender: str, tracking: str, place: str, by, at: datetime
) -> ReceivedPost:
    """It has come, and lies at `place`. Pressing post is told at once, and rung after until somebody has it.

    Raises NotAllowed where we receive no post for this client.
    """
    Client.objects.select_for_update().get(pk=client.pk)  # so that two never get one number
    its = rules_of(client)
    if its is None:
        raise NotAllowed(_("No post is received for this client."))
    last = ReceivedPost.objects.filter(client=client).aggregate(last=Max("number"))["last"]
    promised_at = rules.promised_by(kind, at, minutes=its.promised_minutes, zone=client.tz)
    post = ReceivedPost.objects.create(
        client=client,
        number=(last or 0) + 1,
        kind=kind,
        sender=redact(sender.strip())[0][:160],
        tracking=tracking.strip()[:60],
        place=place.strip()[:120],
        came_at=at,
        noted_by=by,
        promised_at=promised_at,
    )
    pressing = kind in rules.PRESSING
    if pressing:
        post.message = _tell_at_once(post, by=by, at=at)
        post.save(update_fields=["message"])
    work.open_item(
        TO_PASS_ON,
        subject=(SUBJECT, post.pk),
        client=client,
        because=_("%(kind)s post is to be passed on.") % {"kind": post.get_kind_display()},
        urgency=WorkItem.Urgency.URGENT if pressing else WorkItem.Urgency.NORMAL,
        promised_at=promised_at,
    )
    _changed(post, "post.came", by=by)
    return post


@transaction.atomic
def scan(post: ReceivedPost, file, *, opened: bool, version: int, by, at: datetime) -> None:
    """Keep the pages, or the closed envelope. `file` has `name` and `content_type`.

    Raises NotAllowed, NotAsSeen.
    """
    if opened and (because := opening.why_not(post, rules_of(post.client), by=by)):
        raise NotAllowed(because)
    before = post.scan_id
    kept = media.store(
        file, client_id=post.client_id, kind=SCAN_KIND, name=file.name, content_type=file.content_type
    )
    facts = {"scan_id": kept.pk, "scan_sha256": kept.sha256}
    if opened and post.opened_at is None:
        facts |= {"opened_at": at, "opened_by": by}
    _move(post, version, **facts)
    if before:
        for old in MediaFile.objects.filter(pk=before, deleted_at=None):
            media.remove(old)
    if opened and post.wish == Wish.OPEN:
        work.finish_all(subject=(SUBJECT, post.pk), kind=WISHED, by=by, outcome=_("Opened and scanned"))
        telling.tell_opened(post)
    _changed(post, "post.scanned", by=by)


@transaction.atomic
def pass_on(post: ReceivedPost, *, version: int, by, at: datetime) -> bool:
    """The client is told where to read it, or where it lies; False where no mail gets to her.

    Raises NotAsSeen if it was passed on before.
    """
    its = rules_of(post.client)
    shred = _shred_on(post, its, post.wish, at=at)
    _move(
        post, version, (State.CAME,), state=State.PASSED_ON, passed_on_at=at, passed_on_by=by, shred_on=shred
    )
    work.finish_all(subject=(SUBJECT, post.pk), kind=TO_PASS_ON, by=by, outcome=_("Passed on"))
    if its and post.paper == Paper.HERE and rules.sends_on(its.then, post.wish):
        _is_to_be_sent_on(post, its, at=at)
    is_told = telling.tell(post)
    _changed(post, "post.passed_on", by=by)
    return is_told


@transaction.atomic
def lies(post: ReceivedPost, *, place: str, version: int, by) -> None:
    """It lies somewhere else now. Raises NotAsSeen once it is gone."""
    _move(post, version, paper=(Paper.HERE,), place=place.strip()[:120])
    _changed(post, "post.moved", by=by)


@transaction.atomic
def leave(
    post: ReceivedPost,
    *,
    paper: str,
    tracking: str,
    version: int,
    by,
    at: datetime,
    envelope: Envelope | None = None,
    proof=None,
) -> None:
    """The paper has left us, as `paper` says. Raises NotAllowed, NotAsSeen.

    `envelope`: what was paid for it, where it went by post; `proof`: an uploaded photograph of the receipt.
    """
    if not rules.may_leave(paper, post.kind, post.wish):
        raise NotAllowed(_("Only the client’s own word lets this be shredded."))
    if post.state == State.CAME and paper == Paper.SHREDDED:
        raise NotAllowed(_("It has not been passed on yet."))
    facts = {"gone_at": at, "gone_by": by, "gone_tracking": tracking.strip()[:60], "shred_on": None}
    _move(post, version, paper=(Paper.HERE,), paper_is=paper, place="", **facts)
    if envelope:
        posting.post_received(post, envelope, by=by, at=at, proof=proof)
    outcome = str(Paper(paper).label)
    for kind in (WISHED, TO_SHRED, TO_SEND_ON):
        work.finish_all(subject=(SUBJECT, post.pk), kind=kind, by=by, outcome=outcome)
    _changed(post, "post.left", by=by)


@transaction.atomic
def wish(post: ReceivedPost, what: str, *, contact: Contact, version: int, by, at: datetime) -> None:
    """The client says what is to be done with it. Raises NotAsSeen once the paper is gone.

    Where she had said otherwise of the paper, and now says nothing of it, her rule holds anew from this day.
    """
    its, before = rules_of(post.client), post.wish
    passed_on = post.state == State.PASSED_ON
    facts = {"wish": what, "wished_at": at, "wished_by": contact}
    if not rules.shreds(what):
        facts["shred_on"] = None
    elif passed_on and (before == Wish.SHRED or not rules.shreds(before)):
        facts["shred_on"] = _shred_on(post, its, what, at=at)
    _move(post, version, paper=(Paper.HERE,), **facts)
    if its and passed_on and rules.sends_on(its.then, what) and not rules.sends_on(its.then, before):
        _is_to_be_sent_on(post, its, at=at)
    if what not in (Wish.OPEN, Wish.KEEP):  # her own word on the paper stands instead of the rule
        outcome = _("The client has said so of this one: %(wish)s") % {"wish": Wish(what).label}
        for kind in (TO_SEND_ON,) if what == Wish.SHRED else (TO_SEND_ON, TO_SHRED):
            work.finish_all(subject=(SUBJECT, post.pk), kind=kind, by=by, outcome=outcome)
    if what == Wish.KEEP:
        for kind in (WISHED, TO_SHRED, TO_SEND_ON):
            work.finish_all(
                subject=(SUBJECT, post.pk), kind=kind, by=by, outcome=_("The client keeps it here")
            )
    else:
        work.open_item(
            WISHED,
            subject=(SUBJECT, post.pk),
            client=post.client,
            because=_("The client has said what is to be done with post %(n)d.") % {"n": post.number},
            urgency=WorkItem.Urgency.TODAY,
        )
    _changed(post, "post.wished", by=by)


def to_shred(*, at: datetime, at_most: int = 50) -> int:
    """Paper whose days are over becomes a piece of work: a person shreds it. Returns how many are new.

    Days are the client's, as they were when it was agreed until which of them it is kept.
    """
    over = ReceivedPost.objects.filter(paper=Paper.HERE, shred_on__lte=clock.day_in("client__zone", at))
    due = over.select_related("client")
    found = 0
    for post in due.order_by("shred_on", "pk")[:at_most]:
        with suppress(NotAsSeen), transaction.atomic():
            _move(post, post.version, paper=(Paper.HERE,), shred_on=None)
            work.open_item(
                TO_SHRED,
                subject=(SUBJECT, post.pk),
                client=post.client,
                because=_("Post %(n)d has been kept as long as agreed: shred it.") % {"n": post.number},
            )
            found += 1
    return found


def _shred_on(post: ReceivedPost, its: PostRules | None, wish: str, *, at: datetime) -> date | None:
    """The day her rule has its paper shredded, if it is passed on, or left to the rule again, now."""
    if its is None or not (rules.shreds(wish) and rules.may_leave(Paper.SHREDDED, post.kind, wish)):
        return None
    return rules.shred_on(its.then, at.astimezone(post.client.tz).date(), days=its.days)


def _is_to_be_sent_on(post: ReceivedPost, its: PostRules, *, at: datetime) -> None:
    work.open_item(
        TO_SEND_ON,
        subject=(SUBJECT, post.pk),
        client=post.client,
        because=_("Post %(n)d is to be sent on to the client.") % {"n": post.number},
        promised_at=at + timedelta(minutes=its.promised_minutes),
    )


def _tell_at_once(post: ReceivedPost, *, by, at: datetime) -> Message:
    """A message of its own, by the client's rules, until somebody acknowledges it."""
    people = Contact.objects.filter(client=post.client_id, is_active=True)
    contact = people.filter(standing=Contact.Standing.OWNER).first() or people.first()
    message = Message.objects.create(
        client_id=post.client_id,
        contact=contact,
        caller_name=post.sender[:120],
        text=_("%(kind)s: post number %(n)d came for you. Read it, or say what is to be done, in the portal.")
        % {"kind": post.get_kind_display(), "n": post.number},
        urgency=Message.Urgency.URGENT,
        taken_by=by,
        taken_at=at,
    )
    log(message, "taken", at=at, by=by)
    dispatch(message, at=at)
    announce_message("message.taken", message)
    return message


def _move(post: ReceivedPost, version: int, states=(), *, paper=(), paper_is: str = "", **facts) -> None:
    rows = ReceivedPost.objects.filter(pk=post.pk, version=version)
    if states:
        rows = rows.filter(state__in=states)
    if paper:
        rows = rows.filter(paper__in=paper)
    if paper_is:
        facts["paper"] = paper_is
    if not rows.update(version=F("version") + 1, **facts):
        raise NotAsSeen
    post.refresh_from_db()


def _changed(post: ReceivedPost, verb: str, *, by) -> None:
    ledger.record(verb, actor_id=by.pk if by else None, client_id=post.client_id, subject=(SUBJECT, post.pk))
    told = audience.desk(post.client_id) | audience.portal(post.client_id)
    live.announce("letter.changed", post.pk, post.version, told)
