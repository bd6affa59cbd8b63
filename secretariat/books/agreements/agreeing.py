"""Client agreements: written, offered, accepted in the portal, followed by the next version, ended.

Each verb asks the row, so of two at once one wins. What is offered is a paper; the client accepts its hash.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from clients.models import Client
from secretariat import ledger, media
from secretariat.books import billing, planning, rules, telling
from secretariat.books.models import Agreement, Told
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.office.contracts import notice
from secretariat.office.contracts import paper as papers
from secretariat.office.contracts.notice import How
from secretariat.office.models import Firm, User

from . import leaving, word, wording
from .word import KIND

State = Agreement.State
DAY = timedelta(days=1)


class NotNow(Exception):
    """It does not stand as somebody thought. Says in plain words how it stands."""


def earliest(agreement: Agreement, at: datetime) -> date:
    """The first day that can be its last, with the notice that was agreed; of one that has not begun perhaps
    a day before its first, which calls it off."""
    today = at.astimezone(agreement.client.tz).date()
    first = notice.earliest(today, agreement.notice_days)
    if first < agreement.from_on:
        return first
    if agreement.term == Agreement.Term.YEARLY:
        first = notice.end_of_year(agreement.from_on, first)
    return first if agreement.until_on is None else min(first, agreement.until_on)


def end_of_its_year(agreement: Agreement, on: date) -> date:
    """The last day of the year of it in which this day lies."""
    last = notice.end_of_year(agreement.from_on, on)
    return last if agreement.until_on is None else min(last, agreement.until_on)


def of(client: Client, on: date) -> Agreement | None:
    """The version that holds on this day."""
    return Agreement.objects.filter(client=client).holding(on).order_by("-version").first()


def words_of(agreement: Agreement) -> list[dict]:
    """Its sections: as they were offered, or as a draft says now."""
    if not agreement.is_draft:
        return agreement.words
    plan = planning.on(agreement.client, agreement.from_on)
    return wording.sections(agreement, rules.in_words(plan.rules) if plan else [])


def before(agreement: Agreement) -> Agreement | None:
    """The last version accepted before this one."""
    earlier = Agreement.objects.filter(client=agreement.client_id, version__lt=agreement.version)
    return earlier.filter(state=State.ACCEPTED).order_by("-version").first()


def paper(agreement: Agreement) -> Iterator[bytes]:
    """The bytes of the paper that was offered."""
    return storing.read(MediaFile.objects.get(pk=agreement.media_id))


def signed_paper(agreement: Agreement) -> bytes:
    """The same words, with who offered them for the firm, who accepted them, and when."""
    firm = Firm.current()
    offered = _("Offered for %(firm)s") % {"firm": firm.name}
    sheet = papers.signed(
        [
            papers.Signature(agreement.offered_name, offered, agreement.offered_at),
            papers.Signature(agreement.accepted_name, agreement.client.name, agreement.accepted_at),
        ],
        sha256=agreement.sha256,
        version=agreement.version,
        zone=agreement.client.zone,
    )
    return _pdf(agreement, [*agreement.words, *sheet], firm=firm.name, at=agreement.accepted_at)


def _pdf(agreement: Agreement, sections: list[dict], *, firm: str, at: datetime) -> bytes:
    name = agreement.client.name
    return papers.pdf(
        sections,
        firm=firm,
        name=name,
        version=agreement.version,
        at=at,
        title=_("Agreement between %(firm)s and %(name)s") % {"firm": firm, "name": name},
    )


@transaction.atomic
def write(agreement: Agreement, *, by: User) -> Agreement:
    """Keep the draft, new or changed."""
    _lock(agreement.client)
    if agreement._state.adding:
        newest = Agreement.objects.filter(client=agreement.client).aggregate(n=Max("version"))["n"]
        agreement.version, agreement.made_by = (newest or 0) + 1, by
    elif not Agreement.objects.filter(pk=agreement.pk, state=State.DRAFT).exists():
        raise NotNow(_("This version was offered. It does not change any more; write the next one."))
    agreement.save()
    _record("written", agreement, by)
    return agreement


@transaction.atomic
def offer(agreement: Agreement, *, by: User, at: datetime) -> Agreement:
    """Put it on paper and before the client. From then on it stands as it is."""
    _lock(agreement.client)
    agreement.refresh_from_db()
    if Agreement.objects.filter(client=agreement.client, state=State.OFFERED).exists():
        raise NotNow(_("Another version is before the client. Take that one back first."))
    sections, firm = words_of(agreement), Firm.current().name
    made = _pdf(agreement, sections, firm=firm, at=at)
    kept = media.store(
        made,
        client_id=agreement.client_id,
        kind=KIND,
        name=f"agreement-{agreement.version}.pdf",
        content_type="application/pdf",
    )
    facts = {"words": sections, "media_id": kept.pk, "sha256": kept.sha256}
    facts |= {"offered_at": at, "offered_by": by}
    _move(agreement, [State.DRAFT], State.OFFERED, **facts)
    telling.tell(
        agreement.client,
        Told.About.AGREEMENT,
        degree=agreement.version,
        month=agreement.from_on.replace(day=1),
        subject=_("An agreement for you to read"),
        text=_("It is in your portal. Ask what is not clear, keep the paper, and accept it there."),
        at=at,
        page=reverse("portal-agreement"),
    )
    _record("offered", agreement, by, sha256=agreement.sha256)
    return agreement


@transaction.atomic
def accept(agreement: Agreement, *, name: str, sha256: str, by: User, at: datetime) -> Agreement:
    """The client accepts this paper. What held until then ends the day before."""
    _lock(agreement.client)
    if sha256 != agreement.sha256:
        raise NotNow(_("This is not the paper that was offered. Open the page again."))
    facts = {"accepted_name": name, "accepted_at": at, "accepted_by": by}
    held = Agreement.objects.filter(client=agreement.client, state=State.ACCEPTED)
    follows = held.filter(until_on__gte=agreement.from_on - DAY)
    if held.filter(from_on__gte=agreement.from_on).exists():
        raise NotNow(_("A later version is accepted already. Ask for one that begins after it."))
    for each in follows:  # the client stays: nothing is to be released
        leaving.not_needed(each, by=by)
    held.filter(Q(until_on=None) | Q(until_on__gte=agreement.from_on)).update(
        until_before=F("until_on"), because_before=F("ended_because"), **_end_before(agreement)
    )
    _move(agreement, [State.OFFERED], State.ACCEPTED, **facts)
    _end_plan(agreement, by=by)
    word.to_firm(agreement, word.ACCEPTED, at=at)
    _record("accepted", agreement, by, sha256=sha256)
    return agreement


def _end_before(agreement: Agreement) -> dict:
    """How one ends that this version follows."""
    return {
        "until_on": agreement.from_on - DAY,
        "ended_because": _("Followed by version %(n)d") % {"n": agreement.version},
        "followed_by": agreement.version,
    }


@transaction.atomic
def decline(agreement: Agreement, *, by: User, at: datetime) -> None:
    _move(agreement, [State.OFFERED], State.DECLINED)
    word.to_firm(agreement, word.DECLINED, at=at)
    _record("declined", agreement, by)


@transaction.atomic
def withdraw(agreement: Agreement, *, by: User) -> None:
    """The firm takes its offer back; a draft is gone."""
    _record("withdrawn", agreement, by)
    if Agreement.objects.filter(pk=agreement.pk, state=State.DRAFT).delete()[0]:
        return
    _move(agreement, [State.OFFERED], State.WITHDRAWN)


@transaction.atomic
def end(
    agreement: Agreement, *, on: date, because: str, by: User, at: datetime, how: str = How.NOTICE
) -> str:
    """The firm says what its last day is; what is left to do until nothing of it is left with us is listed. A
    last day before its first calls it off: it never begins, and stays on record with the reason.

    With it ends the plan: nothing is billed for days after it. `how`: with the notice that was agreed, or
    before it has run out, and then the reason says so. Returns in words how what it was to follow ends now,
    where it was called off and followed something.
    """
    return _ended(agreement, on=on, because=notice.said(how, because), how=how, by=by, at=at)


@transaction.atomic
def give_notice(agreement: Agreement, *, on: date, because: str, by: User, at: datetime) -> None:
    """The client ends it, with the notice that was agreed. The firm is told."""
    if on < agreement.from_on and not because:
        raise NotNow(_("It has not begun: say why you call it off."))
    said = _("The client gives notice: %(why)s") if because else _("The client gives notice")
    before = _ended(agreement, on=on, because=said % {"why": because}, how=How.NOTICE, by=by, at=at)
    if agreement.is_called_off:
        word.to_firm(agreement, f"{word.CALLED_OFF}. {before}" if before else word.CALLED_OFF, at=at)


def _ended(agreement: Agreement, *, on: date, because: str, how: str, by: User, at: datetime) -> str:
    _lock(agreement.client)
    agreement.refresh_from_db()
    if agreement.state != State.ACCEPTED or agreement.ended_because:
        raise NotNow(_("Only an agreement that holds can be ended."))
    today, days = at.astimezone(agreement.client.tz).date(), agreement.notice_days
    if (on < agreement.from_on <= today) or (agreement.until_on and on > agreement.until_on):
        raise NotNow(_("Its last day lies between its first day and the end it has now."))
    if refusal := notice.why_not(on, how, today=today, first=earliest(agreement, at), notice_days=days):
        raise NotNow(refusal)
    if on < agreement.from_on:
        return _called_off(agreement, because=because, by=by)
    if how == How.NOTICE and agreement.term == Agreement.Term.YEARLY and on != end_of_its_year(agreement, on):
        raise NotNow(_("It runs from year to year: its last day is that of a year of it."))
    facts = {"until_on": on, "ended_because": because[:240], "ended_by": by}
    Agreement.objects.filter(pk=agreement.pk).update(**facts)
    agreement.refresh_from_db()
    _end_plan(agreement, by=by)
    leaving.write_down(agreement)
    word.leaving(agreement)
    word.to_client_of_the_end(agreement)
    _record("ended", agreement, by)
    return ""


def _called_off(agreement: Agreement, *, because: str, by: User) -> str:
    """It never begins. What it was to follow ends as it did before, with its plan and its list."""
    _move(agreement, [State.ACCEPTED], State.WITHDRAWN, ended_because=because[:240], ended_by=by)
    accepted = Agreement.objects.filter(client=agreement.client_id, state=State.ACCEPTED)
    before, last_on = "", agreement.from_on - DAY
    if held := accepted.filter(followed_by=agreement.version).first():
        before, last_on = _let_go_on(held, agreement, by=by), held.until_on
        if last_on is None or last_on >= agreement.from_on:
            planning.never_begins(agreement.client, agreement.from_on, agreement.until_on, by=by)
    if last_on is not None and not accepted.filter(from_on__gt=agreement.from_on).exists():
        _let_plan_end(agreement.client, last_on, by=by)
    word.to_client_called_off(agreement, before)
    _record("called_off", agreement, by)
    return before


def _let_go_on(held: Agreement, agreement: Agreement, *, by: User) -> str:
    """What this one was to follow ends as it did before, unless somebody has said otherwise since. In words,
    for both sides."""
    ended = _end_before(agreement)
    if (held.until_on, held.ended_because) != (ended["until_on"], ended["ended_because"]):
        return notice.held_before(held.until_on, is_changed=True)
    again = {"until_on": held.until_before, "ended_because": held.because_before, "followed_by": None}
    accepted = Agreement.objects.filter(client=held.client_id, state=State.ACCEPTED)
    later = accepted.filter(from_on__gt=agreement.from_on).order_by("from_on").first()
    if later and (held.until_before is None or held.until_before >= later.from_on):
        again = _end_before(later)
    else:
        again |= {"until_before": None, "because_before": ""}
    Agreement.objects.filter(pk=held.pk).update(**again)
    held.refresh_from_db()
    if held.ended_because and not held.followed_by:  # what was done of its list before stands there still
        leaving.write_down(held)
        word.leaving(held)
    _record("goes_on", held, by, instead_of=agreement.version)
    return notice.held_before(held.until_on, is_changed=False)


def _end_plan(agreement: Agreement, *, by: User) -> None:
    """The plan ends with the last day of what is agreed, unless another version follows."""
    last_on = agreement.until_on
    later = Agreement.objects.filter(client=agreement.client_id, state=State.ACCEPTED)
    if last_on is None or later.filter(from_on__gt=agreement.from_on).exists():
        return
    _let_plan_end(agreement.client, last_on, by=by)


def _let_plan_end(client: Client, last_on: date, *, by: User) -> None:
    try:
        planning.end(client, last_on, by=by)
    except billing.NotNow as words:
        raise NotNow(str(words)) from words


def _lock(client: Client) -> None:
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=client.pk)


def _move(agreement: Agreement, came_from: list[str], to: str, **facts) -> None:
    mine = Agreement.objects.filter(pk=agreement.pk, state__in=came_from)
    if not mine.update(state=to, **facts):
        raise NotNow(_("This version has changed meanwhile. Open the page again."))
    agreement.refresh_from_db()


def _record(verb: str, agreement: Agreement, by: User, **detail) -> None:
    ledger.record(
        f"books.agreement.{verb}",
        actor_id=by.pk,
        client_id=agreement.client_id,
        subject=(KIND, agreement.pk),
        detail=detail,
    )
