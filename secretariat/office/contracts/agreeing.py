"""Contracts: written, offered, asked about, signed by each side, followed by the next version, ended.

Each verb asks the row, so of two at once one wins. What is offered is a paper; each side signs its hash: she,
the outsourcing company if it is through one, in either order, and the firm last.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from secretariat import ledger, media
from secretariat.office.models import Contract, ContractSigning, ContractWord, Firm, PayTerm, Secretary, User
from secretariat.office.pay import Term

from . import holding, notice, paper, shifts_after, telling, trials, wording
from .letting_go import ON_THE_TABLE
from .notice import How

State, Side = Contract.State, ContractSigning.Side
KIND, DAY = "office.contract", timedelta(days=1)


class NotNow(Exception):
    """It does not stand as somebody thought, or cannot be. Says in plain words how it stands."""


# --- Before it is signed ---------------------------------------------------------------------------------


@transaction.atomic
def write(contract: Contract, terms: Iterable[Term], *, by: User) -> Contract:
    """Keep a draft, new or changed. A secretary has one draft at a time."""
    _lock(contract.secretary)
    if contract._state.adding:
        drafts = Contract.objects.filter(secretary=contract.secretary, state=State.DRAFT)
        if drafts.exists():
            raise NotNow(_("There is a draft already. Change that one, or take it away."))
        newest = Contract.objects.filter(secretary=contract.secretary).aggregate(n=Max("version"))["n"]
        contract.version, contract.made_by = (newest or 0) + 1, by
    elif not Contract.objects.filter(pk=contract.pk, state=State.DRAFT).exists():
        raise NotNow(_("This version was offered. It does not change any more; write the next one."))
    contract.save()
    contract.terms.all().delete()
    PayTerm.objects.bulk_create(
        PayTerm(
            contract=contract,
            rank=rank,
            by=term.by,
            of=term.of,
            per=term.per,
            amount=term.amount,
            hours=term.hours,
            percent=term.percent,
            condition=term.condition,
            until_on=term.until,
        )
        for rank, term in enumerate(terms)
    )
    _record("office.contract.written", contract, by)
    return contract


@transaction.atomic
def discard(contract: Contract, *, by: User) -> None:
    """Take a draft away: nobody was offered it."""
    if not Contract.objects.filter(pk=contract.pk, state=State.DRAFT).delete()[0]:
        raise NotNow(_("This version was offered. It stays on record."))
    _record("office.contract.discarded", contract, by)


def words_of(contract: Contract) -> list[dict]:
    """Its sections: as they were offered, or as a draft says now."""
    if not contract.is_draft:
        return contract.words
    names = {"firm": Firm.current().name, "name": contract.secretary.user.name}
    return wording.sections(contract, contract.terms_of_pay, **names)


def _has_room(contract: Contract, at: datetime) -> None:
    """Raises NotNow where one that is signed begins on its first day or later, and not after its last."""
    later = Contract.objects.signed().filter(secretary=contract.secretary_id, from_on__gte=contract.from_on)
    # One that is over already would end, with itself, what holds by now.
    if contract.until_on and contract.until_on >= holding.today(contract.secretary, at):
        later = later.filter(from_on__lte=contract.until_on)
    if later.exists():
        raise NotNow(
            _(
                "A version that is signed begins on that day or later. Let this one begin after it, or end "
                "before it."
            )
        )


@transaction.atomic
def offer(contract: Contract, *, by: User, at: datetime) -> Contract:
    """Put it on paper and before her. From then on it stands as it is."""
    _lock(contract.secretary)
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if not contract.is_draft:
        raise NotNow(_("This version was offered before."))
    if hindered := wording.why_not_offered(contract, contract.terms_of_pay, trials.before(contract)):
        raise NotNow(" ".join(hindered))
    if Contract.objects.filter(secretary=contract.secretary, state__in=ON_THE_TABLE).exists():
        raise NotNow(_("Another version is before her. Take that one back first."))
    _has_room(contract, at)
    sections, firm, name = words_of(contract), Firm.current().name, contract.secretary.user.name
    kept = media.store(
        paper.pdf(sections, firm=firm, name=name, version=contract.version, at=at),
        client_id=None,
        kind=KIND,
        name=f"contract-{contract.version}.pdf",
        content_type="application/pdf",
    )
    _move(
        contract,
        [State.DRAFT],
        State.OFFERED,
        words=sections,
        media_id=kept.pk,
        sha256=kept.sha256,
        offered_at=at,
    )
    telling.offered(contract, firm=firm)
    _record("office.contract.offered", contract, by, sha256=contract.sha256)
    return contract


@transaction.atomic
def say(contract: Contract, words: str, *, by: User, at: datetime) -> ContractWord:
    """Ask something of it, or answer. The other side is told."""
    said = ContractWord.objects.create(contract=contract, by=by, words=words, said_at=at)
    telling.asked(said)
    _record("office.contract.asked", contract, by)
    return said


@transaction.atomic
def accept(contract: Contract, *, name: str, sha256: str, by: User, at: datetime) -> Contract:
    """She signs what she has before her, by its hash. The firm signs last."""
    contract = _on_the_table(contract, [State.OFFERED])
    if contract.secretary.user_id != by.pk:
        raise NotNow(_("Only she can accept her own contract."))
    _sign(contract, Side.SECRETARY, name=name, sha256=sha256, by=by, at=at)
    _move(contract, [State.OFFERED], State.ACCEPTED)
    telling.accepted(contract, by=by, at=at)
    return contract


@transaction.atomic
def sign_for_company(contract: Contract, *, name: str, sha256: str, by: User, at: datetime) -> Contract:
    """The outsourcing company signs what is through it, whether or not she has."""
    contract = _on_the_table(contract, ON_THE_TABLE)
    _is_of_its_company(contract, by)
    if not contract.waits_for_company:
        raise NotNow(_("Your company has signed it already."))
    _sign(contract, Side.PARTNER, name=name, sha256=sha256, by=by, at=at)
    telling.company_signed(contract, by=by, at=at)
    return contract


@transaction.atomic
def refuse_for_company(contract: Contract, *, because: str, by: User, at: datetime) -> None:
    """The company does not want it as it is, and says why: she and the firm read that."""
    contract = _on_the_table(contract, ON_THE_TABLE)
    _is_of_its_company(contract, by)
    ContractWord.objects.create(contract=contract, by=by, words=because, said_at=at)
    _move(contract, ON_THE_TABLE, State.DECLINED)
    telling.company_declined(contract, by=by, at=at)
    _record("office.contract.declined", contract, by)


def _is_of_its_company(contract: Contract, by: User) -> None:
    if contract.partner_id is None or by.roles.partner != contract.partner_id:
        raise NotNow(_("Only somebody of the company it is through can do that."))
    if contract.secretary.user_id == by.pk:
        raise NotNow(_("Somebody else of your company signs your own contract."))


@transaction.atomic
def countersign(contract: Contract, *, name: str, sha256: str, by: User, at: datetime) -> Contract:
    """The firm signs too, and it holds from its day on. What held until then ends the day before."""
    secretary = _lock(contract.secretary)
    contract = _on_the_table(contract, [State.ACCEPTED])
    if contract.waits_for_company:
        raise NotNow(
            _("%(company)s has not signed it yet. The firm signs last.") % {"company": contract.partner}
        )
    if contract.secretary.user_id == by.pk and not by.roles.admin:
        raise NotNow(_("Somebody else signs your own contract for the firm."))
    _sign(contract, Side.FIRM, name=name, sha256=sha256, by=by, at=at)
    _has_room(contract, at)
    before = Contract.objects.signed().filter(secretary=secretary, from_on__lt=contract.from_on)
    before.filter(Q(until_on=None) | Q(until_on__gte=contract.from_on)).update(
        until_before=F("until_on"), because_before=F("ended_because"), **_end_before(contract)
    )
    _move(contract, [State.ACCEPTED], State.SIGNED)
    if secretary.engaged_from is not None and secretary.engaged_from > contract.from_on:
        Secretary.objects.filter(pk=secretary.pk).update(engaged_from=contract.from_on)
    back_from = max(contract.from_on, holding.today(secretary, at))
    if secretary.engaged_until is not None and secretary.engaged_until < back_from:
        Secretary.objects.filter(pk=secretary.pk).update(engaged_until=None)
    telling.signed(contract, by=by)
    return contract


def _end_before(contract: Contract) -> dict:
    """How one ends that this version follows."""
    return {
        "until_on": contract.from_on - DAY,
        "ended_because": _("Followed by version %(n)d") % {"n": contract.version},
        "followed_by": contract.version,
    }


@transaction.atomic
def decline(contract: Contract, *, by: User, at: datetime) -> None:
    """She does not want it as it is."""
    contract = _on_the_table(contract, [State.OFFERED])
    _move(contract, [State.OFFERED], State.DECLINED)
    telling.declined(contract, by=by, at=at)
    _record("office.contract.declined", contract, by)


@transaction.atomic
def withdraw(contract: Contract, *, by: User) -> None:
    """The firm takes its offer back, before it has signed."""
    contract = _on_the_table(contract, ON_THE_TABLE)
    _move(contract, ON_THE_TABLE, State.WITHDRAWN)
    telling.withdrawn(contract, by=by)
    _record("office.contract.withdrawn", contract, by)


def earliest_end(contract: Contract, at: datetime) -> date:
    """The first day that can be its last, with the notice that was agreed."""
    today = holding.today(contract.secretary, at)
    return notice.earliest(today, contract.notice_days, contract.until_on)


@transaction.atomic
def give_notice(contract: Contract, *, on: date, because: str, by: User, at: datetime) -> None:
    """She ends it herself, with the notice that was agreed."""
    if contract.secretary.user_id != by.pk:
        raise NotNow(_("Only she can give notice for herself."))
    if on < contract.from_on and not because:
        raise NotNow(_("It has not begun: say why you call it off."))
    words = _("She gives notice: %(why)s") % {"why": because} if because else _("She gives notice")
    end(contract, on=on, because=words, by=by, at=at)


@transaction.atomic
def end(contract: Contract, *, on: date, because: str, by: User, at: datetime, how: str = How.NOTICE) -> str:
    """Either side says what its last day is, and why. What ends with it ends by itself the day after. A last
    day before its first calls it off: it never begins, and stays on record with the reason.

    `how`: with the notice that was agreed, or before it has run out, and then the reason says so. Her shifts
    after that day are open at once, so that they are not discovered on the morning itself. Returns in words
    how what it was to follow ends now, where it was called off and followed something.
    """
    _lock(contract.secretary)
    contract.refresh_from_db()
    if contract.state != State.SIGNED or contract.closed_at:
        raise NotNow(_("Only a contract that holds can be ended."))
    first, days = earliest_end(contract, at), contract.notice_days
    today = holding.today(contract.secretary, at)
    if (on < contract.from_on <= today) or (contract.until_on and on > contract.until_on):
        raise NotNow(_("Its last day lies between its first day and the end it has now."))
    if refusal := notice.why_not(on, how, today=today, first=first, notice_days=days):
        raise NotNow(refusal)
    if on < contract.from_on:
        return _call_off(contract, because=notice.said(how, because), by=by, at=at)
    contract.until_on, contract.ended_because = on, notice.said(how, because)
    opened = shifts_after.open_them(contract, at=at)
    Contract.objects.filter(pk=contract.pk).update(
        until_on=on, ended_because=contract.ended_because, handed_over=[*contract.handed_over, *opened]
    )
    telling.ended(contract, by=by, at=at)
    _record("office.contract.ended", contract, by, shifts=len(opened))
    return ""


def _call_off(contract: Contract, *, because: str, by: User, at: datetime) -> str:
    """It never begins. What it was to follow ends as it did before; what became of that, in words."""
    secretary, signed = contract.secretary, Contract.objects.signed().filter(secretary=contract.secretary_id)
    _move(contract, [State.SIGNED], State.WITHDRAWN, ended_because=because)
    before = _let_go_on(contract, by=by)
    gone = signed.exclude(closed_at=None).order_by("-until_on").first()
    if gone and not signed.filter(closed_at=None).exists():
        Secretary.objects.filter(pk=secretary.pk).update(engaged_until=gone.until_on)
    contract.handed_over = shifts_after.open_instead(contract, at=at)
    Contract.objects.filter(pk=contract.pk).update(handed_over=contract.handed_over)
    telling.called_off(contract, before, by=by, at=at)
    _record("office.contract.called_off", contract, by, shifts=len(contract.handed_over))
    return before


def _let_go_on(contract: Contract, *, by: User) -> str:
    """What this one was to follow ends as it did before, unless somebody has said otherwise since; with the
    next that is signed it ends all the same. In words, for both sides."""
    signed = Contract.objects.signed().filter(secretary=contract.secretary_id)
    held = signed.filter(followed_by=contract.version).first()
    if held is None:
        return ""
    ended = _end_before(contract)
    if (held.until_on, held.ended_because) != (ended["until_on"], ended["ended_because"]):
        return notice.held_before(held.until_on, is_changed=True)
    again = {"until_on": held.until_before, "ended_because": held.because_before, "followed_by": None}
    later = signed.filter(from_on__gt=contract.from_on).order_by("from_on").first()
    if later and (held.until_before is None or held.until_before >= later.from_on):
        again = _end_before(later)
    else:
        again |= {"until_before": None, "because_before": ""}
    Contract.objects.filter(pk=held.pk).update(**again)
    _record("office.contract.goes_on", held, by, instead_of=contract.version)
    return notice.held_before(again["until_on"], is_changed=False)


def _lock(secretary: Secretary) -> Secretary:
    return Secretary.objects.select_for_update(of=("self",), no_key=True).get(pk=secretary.pk)


def _on_the_table(contract: Contract, states: Collection[str]) -> Contract:
    rows = Contract.objects.select_for_update(of=("self",)).select_related("secretary")
    contract = rows.get(pk=contract.pk)
    if contract.state not in states:
        raise NotNow(
            _("This version does not wait for that any more: %(state)s.")
            % {"state": contract.get_state_display()}
        )
    return contract


def _sign(contract: Contract, side: str, *, name: str, sha256: str, by: User, at: datetime) -> None:
    if sha256 != contract.sha256:
        raise NotNow(_("This is not the paper that was offered. Open the page again."))
    ContractSigning.objects.create(
        contract=contract, side=side, user=by, name=name, sha256=sha256, signed_at=at
    )
    _record("office.contract.signed", contract, by, side=side, sha256=sha256)


def _move(contract: Contract, came_from: Collection[str], to: str, **facts) -> None:
    if not Contract.objects.filter(pk=contract.pk, state__in=came_from).update(state=to, **facts):
        raise NotNow(_("This version has changed meanwhile. Open the page again."))
    contract.refresh_from_db()


def _record(verb: str, contract: Contract, by: User | None, **detail) -> None:
    ledger.record(
        verb,
        actor_id=by.pk if by else None,
        subject=("office.contract", contract.pk),
        detail={"secretary": str(contract.secretary_id), **detail},
    )
