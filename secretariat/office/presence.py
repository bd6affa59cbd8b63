"""A secretary comes to work, is there, and goes. Each verb asks the row, so of two at once one wins.

Every verb takes the presence row's lock; calls take theirs before it, always.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from secretariat import ledger, live

from . import security_rules
from .audience import firm
from .contracts import holding, trials
from .models import Break, Firm, LineKind, Presence, Secretary, Shift, User
from .profiles import qualifications
from .vacancies import for_her, known

State, AwayBecause = Presence.State, Presence.AwayBecause


class NotNow(Exception):
    """What she is doing does not allow it. The message tells her what to do first."""


@transaction.atomic
def start_shift(
    secretary: Secretary,
    *,
    line: str,
    at: datetime,
    declared: bool,
    ends_at: datetime | None = None,
    rules: Collection[str] = (),
) -> Shift:
    """Begin work on this line (a LineKind), ready for calls.

    `declared`: she said that her room is as a home office must be; `rules`: the security rules she ticked,
    by their keys. On shift already: the shift goes on, by the line chosen now. Raises NotNow without the
    declaration or one of the rules, for a telephone whose number is not verified, or for another line in the
    middle of a call.
    """
    if not declared:
        raise NotNow(_("Tick the declaration to start the shift."))
    if not secretary.is_engaged:
        raise NotNow(_("You do not work here on this day. Ask the firm if that is not so."))
    if refusal := holding.why_not(secretary, holding.today(secretary, at)) or trials.why_not(
        secretary, at=at
    ):
        raise NotNow(refusal)
    if lacking := qualifications.why_not(secretary, holding.today(secretary, at)):
        raise NotNow(_("You cannot start a shift yet. %(why)s") % {"why": lacking})
    learning = for_her.open_steps([secretary.pk]).get(secretary.pk)
    if learning:
        still_open = ", ".join(learning)
        raise NotNow(_("Before your first shift is still open: %(steps)s.") % {"steps": still_open})
    if learning is not None and (alone := known.why_no_shift(secretary, at=at)):
        raise NotNow(alone)
    if line == LineKind.PHONE and not secretary.rings_at_home:
        raise NotNow(_("The number of your telephone is not verified yet."))
    presence = _locked(secretary)
    shift = Shift.objects.filter(secretary=secretary, ended_at=None).first()
    if shift is None:
        asked = security_rules.asked_of(secretary, at=at)
        if any(each.key not in rules for each in asked):
            raise NotNow(_("Tick each security rule to start the shift."))
        shift = Shift.objects.create(
            secretary=secretary,
            line=line,
            started_at=at,
            ends_at=ends_at,
            declared_at=at,
            rules_kept=[each.words for each in asked],
        )
        _record("office.shift.started", secretary, shift)
    elif shift.line != line:
        if presence.state == State.ON_CALL:
            raise NotNow(_("You are on a call. End it first."))
        Shift.objects.filter(pk=shift.pk).update(line=line)
        shift.line = line
        _record("office.shift.line_changed", secretary, shift)
    facts = {"line": line, "heartbeat_at": Now(), "missed_offers": 0}
    if presence.state in (State.OFF, State.AWAY):
        _become(presence, State.READY, at, **facts)
    else:
        _change(presence, **facts)
    return shift


@transaction.atomic
def end_shift(secretary: Secretary, *, at: datetime, by: User | None = None) -> bool:
    """Stop work, by her own word or that of `by`. False if she was not at work.

    Raises NotNow while she is on a call.
    """
    presence = _locked(secretary)
    if presence.state == State.ON_CALL:
        raise NotNow(_("You are on a call. End it first."))
    shift = Shift.objects.filter(secretary=secretary, ended_at=None).first()
    if shift is None:
        return False
    Break.objects.filter(shift=shift, ended_at=None).update(ended_at=at)
    Shift.objects.filter(pk=shift.pk, ended_at=None).update(ended_at=at)
    if presence.state != State.OFF:
        _become(presence, State.OFF, at)
    _record("office.shift.ended", secretary, shift, by=by)
    return True


@transaction.atomic
def stop_now(secretary: Secretary, *, at: datetime, by: User | None = None) -> bool:
    """End her shift whatever she is doing, by somebody else's word. False if she was not at work.

    Whoever calls this has looked after her calls.
    """
    presence = _locked(secretary)
    shift = Shift.objects.filter(secretary=secretary, ended_at=None).first()
    Break.objects.filter(secretary=secretary, ended_at=None).update(ended_at=at)
    if shift:
        Shift.objects.filter(pk=shift.pk, ended_at=None).update(ended_at=at)
        _record("office.shift.stopped", secretary, shift, by=by)
    if presence.state != State.OFF:
        _change(presence, state=State.OFF, since=at, away_because="", break_reason="", back_at=None)
    return shift is not None


@transaction.atomic
def ready(secretary: Secretary, *, at: datetime) -> Presence:
    """Ready for calls again. Raises NotNow off shift or on a call."""
    presence = _locked(secretary)
    if presence.state == State.READY:
        return presence
    if presence.state == State.OFF:
        raise NotNow(_("Start your shift first."))
    if presence.state == State.ON_CALL:
        raise NotNow(_("You are on a call. End it first."))
    return _become(presence, State.READY, at, missed_offers=0, heartbeat_at=Now())


@transaction.atomic
def take_break(
    secretary: Secretary, *, reason: str, at: datetime, back_at: datetime | None = None
) -> Presence:
    """Go on a break, for a reason, with a planned return. Raises NotNow off shift or on a call."""
    presence = _locked(secretary)
    shift = _shift_of(presence)
    if presence.state == State.BREAK:
        return _change(presence, break_reason=reason, back_at=back_at)
    _become(presence, State.BREAK, at, break_reason=reason, back_at=back_at)
    Break.objects.create(secretary=secretary, shift=shift, reason=reason, started_at=at)
    return presence


@transaction.atomic
def away(secretary: Secretary, *, at: datetime) -> Presence:
    """She says she is not there for the moment. Raises NotNow off shift or on a call."""
    presence = _locked(secretary)
    _shift_of(presence)
    if presence.state == State.AWAY:
        return _change(presence, away_because=AwayBecause.ASKED)
    return _become(presence, State.AWAY, at, away_because=AwayBecause.ASKED)


def heartbeat(secretary: Secretary, *, at: datetime, phone_registered: bool) -> bool:
    """Her browser is there. One that had fallen silent makes her ready again. False if she is off shift.

    Kept on the computer's clock, whatever hour the office thinks it is.
    """
    beats = Presence.objects.filter(secretary=secretary).exclude(state=State.OFF)
    turned = beats.exclude(phone_registered=phone_registered)
    lost = None if phone_registered else Now()
    if turned.update(
        heartbeat_at=Now(), phone_registered=phone_registered, line_lost_at=lost, version=F("version") + 1
    ):
        _tell(Presence.objects.select_related("secretary").get(secretary=secretary))
    elif not beats.update(heartbeat_at=Now()):
        return False
    if beats.filter(state=State.AWAY, away_because=AwayBecause.SILENT).exists():
        with transaction.atomic():
            presence = _locked(secretary)
            if presence.away_because == AwayBecause.SILENT:
                _become(presence, State.READY, at)
    return True


@transaction.atomic
def missed(secretary: Secretary, *, at: datetime) -> Presence:
    """She let an offered call go by. After as many in a row as the firm allows she is away."""
    presence = _locked(secretary)
    count = presence.missed_offers + 1
    if presence.state == State.READY and count >= Firm.current().missed_offers_until_away:
        return _become(presence, State.AWAY, at, away_because=AwayBecause.MISSED, missed_offers=count)
    return _change(presence, missed_offers=count)


@transaction.atomic
def takes_call(secretary: Secretary, *, at: datetime) -> Presence:
    """She won a call. From now on it, and not she, says when she is free."""
    presence = _locked(secretary)
    if presence.state == State.ON_CALL:
        return presence
    return _become(presence, State.ON_CALL, at, missed_offers=0)


@transaction.atomic
def wraps_up(secretary: Secretary, *, at: datetime) -> Presence:
    """Her last call has ended and is still to be finished."""
    presence = _locked(secretary)
    if presence.state != State.ON_CALL:
        return presence
    return _become(presence, State.WRAP_UP, at)


@transaction.atomic
def is_free_again(secretary: Secretary, *, at: datetime) -> Presence:
    """Nothing of her calls is left to do. A break she asked for meanwhile stands."""
    presence = _locked(secretary)
    if presence.state not in (State.ON_CALL, State.WRAP_UP):
        return presence
    return _become(presence, State.READY, at)


@transaction.atomic
def notice_silence(*, at: datetime) -> int:
    """Whoever is ready by a browser that has fallen silent is away. Returns how many that were."""
    # Whoever is being offered or given a call just now is passed over: the next round looks again.
    silent = Presence.objects.gone_silent().select_related("secretary")
    found = list(silent.select_for_update(of=("self",), skip_locked=True))
    for presence in found:
        _become(presence, State.AWAY, at, away_because=AwayBecause.SILENT)
    return len(found)


def concerned(secretary: Secretary) -> set[UUID]:
    """Whom it concerns where she is: herself and the firm. Clients never learn of it."""
    return {secretary.user_id} | firm()


def _locked(secretary: Secretary) -> Presence:
    Presence.objects.get_or_create(secretary=secretary)
    return (
        Presence.objects.select_for_update(of=("self",)).select_related("secretary").get(secretary=secretary)
    )


def _shift_of(presence: Presence) -> Shift:
    if presence.state == State.ON_CALL:
        raise NotNow(_("You are on a call. End it first."))
    shift = Shift.objects.filter(secretary=presence.secretary_id, ended_at=None).first()
    if shift is None:
        raise NotNow(_("Start your shift first."))
    return shift


def _become(presence: Presence, state: str, at: datetime, **facts) -> Presence:
    """Move the locked row to another state, closing what belonged to the one before."""
    if state not in Presence.MAY_BECOME[presence.state]:
        raise NotNow(_("From “%(now)s” this is not possible.") % {"now": presence.get_state_display()})
    if presence.state == State.BREAK:
        Break.objects.filter(secretary=presence.secretary_id, ended_at=None).update(ended_at=at)
    cleared = {"away_because": "", "break_reason": "", "back_at": None}
    return _change(presence, **(cleared | {"state": state, "since": at} | facts))


def _change(presence: Presence, **facts) -> Presence:
    Presence.objects.filter(pk=presence.pk).update(version=F("version") + 1, **facts)
    presence.refresh_from_db(from_queryset=Presence.objects.select_related("secretary"))
    _tell(presence)
    return presence


def _tell(presence: Presence) -> None:
    live.announce("shift.changed", presence.pk, presence.version, concerned(presence.secretary))


def _record(verb: str, secretary: Secretary, shift: Shift, by: User | None = None) -> None:
    actor_id = by.pk if by else secretary.user_id
    ledger.record(verb, actor_id=actor_id, subject=("office.shift", shift.pk), detail={"line": shift.line})
