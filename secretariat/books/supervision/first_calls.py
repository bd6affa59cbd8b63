"""The first calls of somebody who learns: somebody is there, is told of each, and goes through it with her.

Each is a piece of work of whoever is there, from seconds after she took it until it was gone through. It
counts as supervised where one of those whose part it is was at work when it was taken, or somebody has gone
through it since and says so; that somebody is named makes none of them supervised.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calls.models import Call
from clients import work
from clients.models import WorkItem
from secretariat import ledger
from secretariat.books.models import Supervision
from secretariat.office.audience import firm
from secretariat.office.models import Secretary, Shift, User
from secretariat.office.vacancies import for_her
from secretariat.office.vacancies.known import Known, Line

from . import beside

KIND, SUBJECT = "books.first_call", "calls.call"
AT_MOST = 30  # calls that are shown beside the step
AT_ONCE = 50  # calls that one round notices


class NotNow(Exception):
    """It cannot be as somebody wanted. Says why."""


def who(secretary: Secretary) -> User | None:
    """Who is there for her: whoever was named for it, else her supervisor or the stand-in who is on shift."""
    application, there = for_her.of(secretary), firm() - {secretary.user_id}
    if application and application.first_calls_with_id in there:
        return application.first_calls_with
    held = Supervision.objects.filter(until_at=None, secretary=secretary)
    found = held.select_related("supervisor", "stand_in").first()
    if found is None:
        return None
    people = [each for each in (found.supervisor, found.stand_in) if each and each.pk in there]
    shifts = Shift.objects.filter(ended_at=None, secretary__user__in=people)
    at_work = set(shifts.values_list("secretary__user", flat=True))
    return next((each for each in people if each.pk in at_work), None)


def of(secretary: Secretary) -> QuerySet[Call]:
    """Every call she has taken since she applied, the newest first."""
    application = for_her.of(secretary)
    taken = Call.objects.filter(secretary=secretary, answered_at__isnull=False)
    if application is None:
        return taken.none()
    return taken.filter(answered_at__gte=application.started_at).order_by("-answered_at", "-pk")


def known(secretary: Secretary) -> Known:
    """How many she has taken, which of them count as supervised and by whom, and who is there."""
    application = for_her.of(secretary)
    calls = list(of(secretary).select_related("client", "secretary")[:AT_MOST])
    told = WorkItem.objects.filter(
        kind=KIND, subject_kind=SUBJECT, subject_id__in=[each.pk for each in calls]
    ).select_related("done_by")
    items = {each.subject_id: each for each in told}
    at_work = beside.of(application, calls) if application else {}
    lines = tuple(_line(each, items.get(each.pk), at_work.get(each.pk)) for each in calls)
    said = [_who_is_there(secretary)]
    if lines:
        count = ngettext("%(n)s call so far", "%(n)s calls so far", len(lines)) % {"n": len(lines)}
        done = sum(bool(each.by) for each in lines)
        said.append(_("%(count)s, gone through: %(done)s.") % {"count": count, "done": done})
    else:
        said.append(_("She has taken no call yet."))
    if alone := sum(not each.is_done for each in lines):
        words = ngettext(
            "One was taken with nobody at work beside her: it counts once somebody has gone through it.",
            "%(n)s were taken with nobody at work beside her: each counts once somebody has gone through it.",
            alone,
        )
        said.append(words % {"n": alone})
    return Known(" ".join(said), is_done=bool(lines) and not alone, lines=lines)


def _who_is_there(secretary: Secretary) -> str:
    there = who(secretary)
    if there is None:
        return _("Nobody is there for them just now: she cannot begin a shift.")
    if Shift.objects.filter(ended_at=None, secretary__user=there).exists():
        return _("%(name)s is there for them.") % {"name": there.name}
    return _("%(name)s is named for them, and is not on shift just now.") % {"name": there.name}


def _line(call: Call, item: WorkItem | None, at_work: User | None) -> Line:
    """Gone through is what somebody else says she has gone through: what only rests was not."""
    seen_by = item.done_by if item and item.done_by_id != call.secretary.user_id else None
    tick = reverse("first-call-seen", args=[call.pk]) if item and item.done_at is None else ""
    return Line(
        call.answered_at,
        call.client.name,
        reverse("calls-record", args=[call.pk]),
        is_done=bool(seen_by or at_work),
        tick_url=tick,
        by=seen_by.name if seen_by else "",
        beside=at_work.name if at_work else "",
    )


def why_no_shift(secretary: Secretary) -> str:
    """Nobody takes first calls alone; once they are settled, she works as everybody does."""
    if not for_her.learning().filter(secretary=secretary).exists() or who(secretary):
        return ""
    return _(
        "While you take your first calls, somebody must be there whom you can ask. Your supervisor is not on "
        "shift, and nobody else is named: ask the firm."
    )


@transaction.atomic
def notice() -> int:
    """Tell of each call that somebody in training has taken; and let rest what is settled otherwise."""
    hers = Q()
    for secretary_id, began_at in for_her.learning().values_list("secretary", "started_at"):
        hers |= Q(secretary=secretary_id, answered_at__gte=began_at)
    if not hers:  # nobody learns: the book of calls is not asked
        return _let_rest()
    is_noticed = WorkItem.objects.filter(kind=KIND, subject_kind=SUBJECT, subject_id=OuterRef("pk"))
    fresh = Call.objects.filter(hers, ~Exists(is_noticed))
    taken = list(fresh.select_related("client", "secretary__user").order_by("answered_at")[:AT_ONCE])
    for call in taken:
        words = {"name": call.secretary.spoken_name, "client": call.client.name}
        work.open_item(
            KIND,
            subject=(SUBJECT, call.pk),
            client=call.client_id,
            because=_("One of the first calls of %(name)s, for %(client)s: be there for it.") % words,
            urgency=WorkItem.Urgency.TODAY,
            owner=who(call.secretary),
        )
    return len(taken) + _let_rest()


def _let_rest() -> int:
    """Her first calls are settled, or she has gone: nothing is left to do about those that lie open."""
    hers = for_her.learning().values("secretary")
    still = Call.objects.filter(pk=OuterRef("subject_id"), secretary__in=hers)
    return _finish(WorkItem.objects.open().filter(~Exists(still), kind=KIND)[:AT_ONCE], by=None)


def _finish(items: Iterable[WorkItem], *, by: User | None) -> int:
    outcome = _("Gone through with her") if by else _("Her first calls are settled")
    return sum(work.finish(each, by=by, outcome=outcome) for each in items)


@transaction.atomic
def see(call: Call, *, by: User) -> None:
    """Somebody has gone through this call with her. Raises NotNow for her own, or where nothing is open."""
    if call.secretary is None or call.secretary.user_id == by.pk:
        raise NotNow(_("Somebody else goes through your own calls."))
    open_ones = WorkItem.objects.open().filter(kind=KIND, subject_kind=SUBJECT, subject_id=call.pk)
    if not _finish(open_ones, by=by):
        raise NotNow(_("This call was gone through before."))
    ledger.record(
        "books.supervision.first_call_seen",
        actor_id=by.pk,
        client_id=call.client_id,
        subject=("office.secretary", call.secretary_id),
    )
