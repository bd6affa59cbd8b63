"""Others invite the client: each invitation becomes a proposal at the desk, and is answered by one way.

Told by mail and by her calendar it is one row, told twice it counts once. Where it stands in a calendar whose
server writes to whoever invites, it is answered there and by no mail; else by mail, and her entry follows.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from clients import audience, work
from clients.models import ContactAddress, WorkItem
from secretariat import ledger, live

from . import answering_invitations, asked, booking, busy, free_time, looking
from .asked import Asked
from .booking import Changed
from .free_time import Clash, Why, Wish
from .models import Calendar, Diary, InvitedTo, Meeting
from .planning import Plan
from .reading_in import Made

KIND = "calendar.invited"
SUBJECT = "calendar_app.invitedto"
SETTLES = timedelta(minutes=10)  # in which what came by mail comes to stand in a calendar by itself
State, Sent = InvitedTo.State, InvitedTo.Sent
ANSWERS = (State.ACCEPTED, State.TENTATIVE, State.DECLINED)


def received(raw: bytes, *, at: datetime) -> bool:
    """Work a mail that came in. True: it invites a client of ours, or calls off what did."""
    found, _sender, addresses = asked.in_mail(raw)
    if not found:
        return False
    taken = False
    for each in found:
        if each.method == asked.CANCEL:
            taken = withdrawn(each, at=at) or taken
            continue
        whose = _whose(addresses)
        if whose is not None and each.organiser != whose[1] and not _is_ours(each.uid):
            taken = told(whose[0], each, address=whose[1], at=at) is not None or taken
    return taken


def _whose(addresses: Sequence[str]) -> tuple[Diary, str] | None:
    """The diary of the one client among those invited, and as whom; None where it is nobody's, or unclear."""
    rows = ContactAddress.objects.filter(
        kind=ContactAddress.Kind.EMAIL, value__in=addresses, contact__is_active=True
    ).select_related("contact", "client")
    found = list(rows.order_by("pk")[:50])
    if len({each.client_id for each in found}) != 1:
        return None
    for each in found:
        own = Diary.objects.filter(client=each.client_id, contact=each.contact_id, is_active=True).first()
        if own is not None:
            return own, each.value.lower()
    diary = booking.diary_of(found[0].client)
    if diary._state.adding:
        diary, _made = Diary.objects.get_or_create(client=diary.client, contact=None)
    return diary, found[0].value.lower()


def _is_ours(uid: str) -> bool:
    return Meeting.objects.filter(uid=uid).exists()


def in_calendar(calendar: Calendar, all_made: Sequence[Made], *, at: datetime) -> None:
    """Entries that were read anew: some may invite her. In the transaction that keeps them."""
    asking = [each for each in all_made if any(event.organiser for event in each.events)]
    if not asking:
        return
    addresses, zone = addresses_of(calendar), ZoneInfo(calendar.diary.zone_name)
    read = [(each, asked.in_calendar(each.row.raw, each.events, addresses, zone)) for each in asking]
    found = [(made, each) for made, each in read if each is not None]
    uids = {each.uid for _made, each in found}
    ours = set(Meeting.objects.filter(uid__in=uids).values_list("uid", flat=True))
    rows = InvitedTo.objects.filter(diary=calendar.diary, uid__in=uids)
    known = set(rows.values_list("uid", "instance_at"))
    for made, each in found:
        is_known = (each.uid, each.instance) in known
        # She has answered it herself, or it is over: nobody need be asked.
        if each.uid in ours or (not is_known and (each.answer != "waiting" or each.ends <= at)):
            continue
        told(calendar.diary, each, address=each.address, at=at, calendar=calendar, made=made)


def addresses_of(calendar: Calendar) -> set[str]:
    """As whom she may be invited there; lower case."""
    rows = ContactAddress.objects.filter(client=calendar.client_id, kind=ContactAddress.Kind.EMAIL)
    rows = rows.filter(contact=calendar.diary.contact_id) if calendar.diary.contact_id else rows
    found = {value.lower() for value in rows.values_list("value", flat=True)}
    connection = calendar.connection
    return found | ({connection.username.lower()} if connection and "@" in connection.username else set())


@transaction.atomic
def told(
    diary: Diary, found: Asked, *, address: str, at: datetime, calendar: Calendar | None = None, made=None
) -> InvitedTo | None:
    """She is invited, or to another time than before; None where that was known already."""
    booking.locked(diary.pk, at)
    row = InvitedTo.objects.select_for_update().filter(diary=diary, uid=found.uid, instance_at=found.instance)
    invited = row.first()
    if invited is None:
        invited = InvitedTo(
            client_id=diary.client_id,
            diary=diary,
            uid=found.uid[:1024],
            instance_at=found.instance,
            came_at=at,
        )
    elif found.organiser != invited.organiser:
        return invited  # nobody else's word changes what she was invited to
    if calendar is not None:
        invited.calendar, invited.remote_id = calendar, made.row.remote_id
        if found.answer != "waiting" and invited.state == State.PROPOSED and not _is_newer(invited, found):
            return _answered_herself(invited, found.answer, at=at)
    if not _is_newer(invited, found):
        if calendar is not None:
            invited.save(update_fields=["calendar", "remote_id"])
            judge(invited, at=at)
        return invited
    moved = invited._state.adding or (found.starts, found.ends) != (invited.starts_at, invited.ends_at)
    _take(invited, found, address)
    if moved:
        invited.state, invited.judged_at, invited.sent = State.PROPOSED, None, Sent.NOT
        _let_go(invited, because=_("Whoever invited asks for another time"), at=at)
    invited.version += 1
    invited.save()
    if invited.state == State.PROPOSED:
        _propose(invited)
        if calendar is not None or not _may_come_to_stand(invited):
            judge(invited, at=at)
    _announce(invited)
    return invited


def _is_newer(invited: InvitedTo, found: Asked) -> bool:
    if invited._state.adding or found.sequence != invited.sequence:
        return invited._state.adding or found.sequence > invited.sequence
    other_time = (found.starts, found.ends) != (invited.starts_at, invited.ends_at)
    return other_time and found.stamp > invited.stamp


def _take(invited: InvitedTo, found: Asked, address: str) -> None:
    invited.sequence, invited.stamp = found.sequence, found.stamp
    invited.organiser, invited.organiser_name = found.organiser[:254], found.organiser_name[:120]
    invited.addressed_to = (address or invited.addressed_to)[:254]
    invited.about, invited.where, invited.notes = found.about[:500], found.where[:240], found.notes[:4000]
    invited.starts_at, invited.ends_at = found.starts, found.ends
    invited.all_day, invited.repeats, invited.private = found.all_day, found.repeats, found.private


@transaction.atomic
def withdrawn(found: Asked, *, at: datetime) -> bool:
    """It does not take place after all. False where we know nothing of it, or somebody else says so."""
    known = InvitedTo.objects.filter(uid=found.uid, organiser=found.organiser, sequence__lte=found.sequence)
    known = known.filter(Q(instance_at=found.instance) if found.instance else Q())
    rows = list(known.select_related("diary__client"))
    for invited in rows:
        if invited.state == State.WITHDRAWN:
            continue
        invited.state, invited.sequence = State.WITHDRAWN, found.sequence
        invited.version += 1
        _let_go(invited, because=_("Called off by whoever invited"), at=at)
        invited.save()
        _finish(invited, by=None, outcome=_("Called off by whoever invited."))
        _announce(invited)
    return bool(rows)


def _let_go(invited: InvitedTo, *, because: str, at: datetime) -> None:
    """The meeting that stood for it stands no more."""
    meeting, invited.meeting = invited.meeting, None
    if meeting is not None and meeting.state in Meeting.STANDING:
        booking.cancel(meeting, version=meeting.version, because=because, by=None, at=at)


def _answered_herself(invited: InvitedTo, answer: str, *, at: datetime) -> InvitedTo:
    invited.state, invited.answered_at = answer, at
    invited.version += 1
    invited.save()
    _finish(invited, by=None, outcome=_("Answered in her own calendar."))
    _announce(invited)
    return invited


def against(invited: InvitedTo, *, at: datetime, reader) -> tuple[Clash, ...]:
    """What stands against going there; not how soon it is, and not the invitation itself."""
    book = busy.book(
        invited.diary,
        at=at,
        reader=reader,
        begins=invited.starts_at,
        until=invited.ends_at,
        but_for=invited.meeting,
    )
    minutes = max(1, round((invited.ends_at - invited.starts_at) / timedelta(minutes=1)))
    found = free_time.clashes(book, Wish(minutes=minutes), invited.starts_at)
    return tuple(
        clash
        for clash in found
        if clash.why not in (Why.NOTICE, Why.HORIZON, Why.ASLEEP) and not _is_itself(invited, clash)
    )


def _is_itself(invited: InvitedTo, clash: Clash) -> bool:
    other = clash.other
    return (
        other is not None
        and invited.calendar_id is not None
        and other.kind is free_time.Kind.ELSEWHERE
        and (other.starts, other.ends) == (invited.starts_at, invited.ends_at)
    )


def judge(invited: InvitedTo, *, at: datetime) -> None:
    """What the client's own rule says of it, once: she asks, or it is answered without asking."""
    mine = InvitedTo.objects.filter(pk=invited.pk, judged_at=None, state=State.PROPOSED)
    if not mine.update(judged_at=at):
        return
    invited.judged_at = at
    rule, words = invited.diary.when_invited, invited.diary.invited_words
    if rule == Diary.WhenInvited.DECLINE:
        answer(invited, State.DECLINED, version=invited.version, words=words, by=None, at=at)
    elif (
        rule == Diary.WhenInvited.ACCEPT
        and not (invited.all_day or invited.repeats)
        and not against(invited, at=at, reader=None)
    ):
        answer(invited, State.ACCEPTED, version=invited.version, words="", by=None, at=at)


def judge_due(*, at: datetime) -> int:
    """Those that came by mail, and have not come to stand in a calendar since."""
    due = InvitedTo.objects.filter(state=State.PROPOSED, judged_at=None, came_at__lte=at - SETTLES)
    found = list(due.select_related("diary__client")[:100])
    for invited in found:
        with transaction.atomic():
            booking.locked(invited.diary_id, at)
            judge(invited, at=at)
    return len(found)


@transaction.atomic
def answer(invited: InvitedTo, said: str, *, version: int, words: str, by, at: datetime) -> InvitedTo:
    """She comes, perhaps, or not. Whoever invites is told by one way. Raises Changed, NotPossible."""
    booking.locked(invited.diary_id, at)
    found = InvitedTo.objects.select_related("diary__client", "calendar__connection", "meeting").get(
        pk=invited.pk
    )
    if found.version != version or found.state == State.WITHDRAWN or said not in ANSWERS:
        raise Changed
    found.state, found.words, found.answered_at, found.answered_by = said, words[:240], at, by
    found.sent = Sent.WAITING
    found.version += 1
    if said == State.DECLINED:
        _let_go(found, because=_("Declined"), at=at)
    elif found.calendar is None and found.meeting is None and not found.repeats:
        found.meeting = _arranged(found, by=by, at=at)
    found.save()
    answering_invitations.post(found, at=at)
    _finish(found, by=by, outcome=str(State(said).label))
    ledger.record(
        f"{SUBJECT}.{said}",
        actor_id=by.pk if by else None,
        client_id=found.client_id,
        subject=(SUBJECT, found.pk),
        detail={"version": found.version},
    )
    _announce(found)
    return found


def _arranged(invited: InvitedTo, *, by, at: datetime) -> Meeting:
    """It takes her time here, and is written into her calendar. Whoever accepted saw what stands there."""
    zone = invited.diary.zone_name
    wall = invited.starts_at.astimezone(ZoneInfo(zone))
    plan = Plan(
        about=(invited.about or invited.organiser)[:200],
        on=wall.date(),
        at=wall.time().replace(tzinfo=None),
        minutes=max(1, min(24 * 60, round((invited.ends_at - invited.starts_at).total_seconds() / 60))),
        where=invited.where,
        notes=invited.notes,
        private=invited.private,
        subject=(SUBJECT, invited.pk),
    )
    word = booking.Word(
        _("Accepted an invitation of %(who)s") % {"who": invited.organiser_name or invited.organiser}
    )
    return booking.book(invited.diary, plan, by=by, at=at, word=word)


def _may_come_to_stand(invited: InvitedTo) -> bool:
    """Whether a server of hers puts it into her calendar by itself; it is looked there soon."""
    calendar = answering_invitations.server_of(invited)
    if calendar is not None:
        looking.now(calendar.connection_id, at=invited.came_at)
    return calendar is not None


def _propose(invited: InvitedTo) -> None:
    work.open_item(
        KIND,
        subject=(SUBJECT, invited.pk),
        client=invited.client_id,
        because=_("Somebody invites the client. Nobody has answered yet."),
        urgency=WorkItem.Urgency.TODAY,
    )


def _finish(invited: InvitedTo, *, by, outcome: str) -> None:
    work.finish_all(subject=(SUBJECT, invited.pk), by=by, outcome=outcome, kind=KIND)


def _announce(invited: InvitedTo) -> None:
    concerned = audience.desk(invited.client_id) | audience.portal(invited.client_id)
    live.announce("meeting.changed", invited.pk, invited.version, concerned)
