"""Telling guests of a series once, by its rule; dates left out and dates that are otherwise in the same mail.

After whatever was done to several of them each guest is told how her series stands now, if that is not what
she was told last; and that it is over, where nothing of it is left for her. What is done to one date alone is
told by itself (`inviting`), unless the mail with the whole series has not left yet: then that is told anew.
"""

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.dispatch import receiver
from django.utils import formats
from django.utils.translation import gettext as _

from secretariat import outbox
from secretariat.outbox.models import Effect

from . import invitations, inviting, repeating, signals, when
from .invitations import Invitation, Repeats
from .inviting import INVITE, UNINVITE
from .models import Guest, Meeting, Series

NAMED = 20  # dates told in words; the calendar shows all


@receiver(signals.series_changed)
def series_changed(
    sender, series: Series, meetings, verb: str, at: datetime, because="", gone=(), **facts
) -> None:
    touched = [each.pk for each in meetings]
    rows = _rows(Guest.objects.filter(meeting__series=series) | Guest.objects.filter(meeting__in=touched))
    for email, hers in _by_address([*rows, *gone]).items():
        stands = [each for each in hers if _stands(each, series) and each not in gone]
        tell(series, email, hers, stands, at=at, because=because, moved=verb == "moved")
    if verb == "moved":
        for guest in rows:
            if guest.meeting_id in touched and guest.meeting.series_id == series.pk:
                inviting.ask_anew(guest)


@receiver(signals.meeting_changed)
def meeting_changed(sender, meeting: Meeting, at: datetime, whole_series, **facts) -> None:
    """One date was changed before her mail has left: it tells the whole as it is now."""
    if meeting.series_id is None or whole_series:
        return
    rows = _rows(Guest.objects.filter(meeting__series=meeting.series_id))
    for email, hers in _by_address(rows).items():
        if inviting.waits_for_series(meeting.series_id, email):
            tell(meeting.series, email, hers, [each for each in hers if _stands(each, meeting.series)], at=at)


def tell(series: Series, email: str, rows, hers, *, at: datetime, because="", moved=False) -> Effect | None:
    """How the series stands for her of this address.

    `hers`: her rows of the dates that stand, in order; `rows`: these, and those of dates that do not.
    """
    lane = inviting.lane_of_series(series.pk, email)
    outbox.cancel(lane=lane, kinds=[INVITE], because="overtaken")
    told = Effect.objects.filter(
        kind__in=[INVITE, UNINVITE], subject_kind=inviting.SUBJECT, subject_id__in=[each.pk for each in rows]
    )
    last = told.filter(lane=lane).exclude(state=Effect.State.CANCELLED).order_by("posted_at").last()
    known = last is not None and last.kind == INVITE
    if not hers:
        return _take_back(series, rows[0], at=at, because=because, lane=lane) if known else None
    invitation = in_series(hers, series, at=at)
    content = mark(invitation)
    if known and last.payload.get("mark") == content:
        return None
    facts = {"moved": moved, "again": known, "because": because}
    ics = invitations.request(invitation)
    return _post(INVITE, hers, series, invitation, ics, invitations.REQUEST, content, facts, lane)


def in_series(hers: list[Guest], series: Series, *, at: datetime) -> Invitation:
    """The series as her calendar is told of it: from the first date that is hers to the last.

    `hers`: her rows of the dates that stand, in order. Dates at which nothing of hers stands are left out.
    """
    usual = _usual(hers)
    first, last = hers[0].meeting.instance_at, hers[-1].meeting.instance_at
    told = inviting.invited(usual, at=at)
    stands = {each.meeting.instance_at for each in hers}
    means = repeating.between(series.rule, series.zone, first, last)
    whole = replace(
        told,
        uid=series.uid,
        instance=None,
        sequence=max(series.sequence, *(each.meeting.sequence for each in hers)),
        starts=first,
        ends=first + timedelta(minutes=usual.meeting.minutes),
        repeats=Repeats(
            repeating.until(series.rule, last),
            series.zone,
            tuple(each for each in means if each not in stands),
        ),
    )
    return replace(whole, exceptions=tuple(_exceptions(hers, whole, at=at)))


def _usual(hers: list[Guest]) -> Guest:
    """The date that is as most of them are, which stand as the rule means."""
    meant = [each for each in hers if each.meeting.starts_at == each.meeting.instance_at] or hers
    [(most, _n)] = Counter(_said(each.meeting) for each in meant).most_common(1)
    return next(each for each in meant if _said(each.meeting) == most)


def _said(meeting: Meeting) -> tuple:
    return meeting.minutes, meeting.about, inviting.where(meeting), meeting.link


def _exceptions(hers: list[Guest], whole: Invitation, *, at: datetime):
    length = whole.ends - whole.starts
    for each in hers:
        told = inviting.invited(each, at=at)
        as_meant = told.starts == told.instance and told.ends - told.starts == length
        if not as_meant or (told.about, told.where, told.link) != (whole.about, whole.where, whole.link):
            yield replace(told, uid=whole.uid, sequence=whole.sequence)


def _take_back(series: Series, guest: Guest, *, at: datetime, because: str, lane: str) -> Effect:
    told = inviting.invited(guest, at=at)
    begins = guest.meeting.instance_at
    ended = replace(
        told,
        uid=series.uid,
        sequence=max(series.sequence, guest.meeting.sequence),
        instance=None,
        starts=begins,
        ends=begins + (told.ends - told.starts),
        repeats=Repeats(series.rule, series.zone),
    )
    ics = invitations.cancellation(ended)
    facts = {"because": because}
    return _post(UNINVITE, [guest], series, ended, ics, invitations.CANCEL, mark(ended), facts, lane)


def mark(told: Invitation) -> str:
    """The same for two that tell the same: its number in order is none of it."""
    parts = [inviting.mark(replace(each, sequence=0, exceptions=())) for each in (told, *told.exceptions)]
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def says(told: Invitation, zone: str) -> list[str]:
    """The rule and what departs from it, in words: on her own clocks where a time is named."""
    repeats = told.repeats
    lines = [repeating.in_words(repeats.rule, repeats.zone, told.starts)]
    out = [_day(each, repeats.zone) for each in repeats.left_out[:NAMED]]
    if out:
        lines.append(_("Not on %(days)s.") % {"days": _(", ").join(out)})
    for each in told.exceptions[:NAMED]:
        if each.starts != each.instance:
            was = _day(each.instance, repeats.zone)
            now = when.told(each.starts, each.ends, zone, repeats.zone)
            lines.append(_("Instead of %(day)s: %(times)s.") % {"day": was, "times": now})
    return lines


def _day(at: datetime, zone: str) -> str:
    return formats.date_format(at.astimezone(ZoneInfo(zone)), "j F")


def _post(kind, hers, series, told, ics, method, content, facts, lane) -> Effect:
    guest = hers[0]
    zone = guest.zone or series.zone
    return inviting.post(
        kind,
        guest,
        told,
        guest.meeting,
        ics,
        method,
        content,
        facts,
        key=f"{kind}:{lane}:{told.sequence}:{content[:16]}",
        lane=lane,
        says=lambda: says(told, zone),
    )


def _stands(guest: Guest, series: Series) -> bool:
    meeting = guest.meeting
    return meeting.series_id == series.pk and meeting.state == Meeting.State.CONFIRMED


def _rows(found) -> list[Guest]:
    found = found.exclude(email="").select_related("meeting__client", "meeting__diary", "meeting__place")
    return list(found.select_related("meeting__series").order_by("meeting__instance_at", "pk"))


def _by_address(rows) -> dict[str, list[Guest]]:
    found: dict[str, list[Guest]] = {}
    for each in rows:
        if each.email:
            found.setdefault(each.email, []).append(each)
    return found
