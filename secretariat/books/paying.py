"""A pay run: prepared by one person, secretary by secretary, approved by another, and then it stands.

Each secretary is a transaction of her own: a run that was cut short goes on where it stopped, and the same
facts give the same statements to the cent. Of a large firm workers write them: `parts.py`.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from secretariat import ledger, outbox
from secretariat.by_the_thousand import copy_in
from secretariat.office import company_people
from secretariat.office.contracts import wording
from secretariat.office.models import Contract, Firm, Partner, PayTerm, Secretary, User
from secretariat.office.pay import OF_TIME, By, Line, Of, Part

from . import open_weeks, parts, pay_details, pay_gathering, pay_words, shifts_and_days, unresolved
from .briefs.charging import CHARGE
from .carrying import CARRIED
from .models import Outcome, PayExtra, PayLine, PayPart, PayRun, PayStatement
from .pay_gathering import EXTRA, OUTCOME, Gathered, NotNow

State = PayRun.State
PART, SPOKEN = "books.pay_some", "clients.workrecord"
A_YEAR = timedelta(days=366)
A_PART = 10  # secretaries: a second or two
OF_ALL_HOURS = By.LEAST, By.BONUS
# Of what else but time and pieces is paid.
KINDS = {
    Of.COMMISSION: OUTCOME,
    Of.BRIEF: CHARGE,
    Of.CARRIED: CARRIED,
    Of.WAITING: shifts_and_days.SHIFT,
    Of.DAYS_OFF: shifts_and_days.DAY_OFF,
    Of.ODD_HOURS: shifts_and_days.PLANNED,
    Of.LANGUAGE: SPOKEN,
}
OF_BONUS = {By.KEPT: shifts_and_days.KEPT, By.QUALITY: shifts_and_days.RESULT}
OF_A_PART = (
    *("statement", "line", "secretary", "record", "subject_kind", "subject_id"),
    *("since", "until", "micros", "units", "amount"),
)


def begin(first_on: date, last_on: date, pay_on: date, *, by: User, at: datetime) -> PayRun:
    """The run of these days: the one that is open, or a new one. Nobody has a statement yet.

    Raises NotNow before the last of these days is over where the firm is, and every shift that begins in
    them: what is paid by the day, and what is made up to a minimum, would be paid before it is known.
    """
    open_one = PayRun.objects.exclude(state=State.APPROVED).filter(first_on=first_on, last_on=last_on).first()
    if open_one:
        return open_one
    if last_on >= Firm.day(at):
        raise NotNow(_("These days are not over. A run can be prepared from the day after the last of them."))
    if words := shifts_and_days.why_not_kept_yet(first_on, last_on, at=at):
        raise NotNow(words)
    others = PayRun.objects.exclude(state=State.APPROVED)
    overlap = others.filter(first_on__lte=last_on, last_on__gte=first_on)
    if overlap.exists():
        raise NotNow(_("Another run with some of these days is open. Approve it, or take it away, first."))
    run = PayRun.objects.create(
        first_on=first_on, last_on=last_on, pay_on=pay_on, prepared_by=by, prepared_at=at
    )
    _record("books.pay_run_begun", run, by)
    return run


def people_of(run: PayRun):
    """Everybody who may have something coming: under contract in these days, or with earlier work unpaid,
    or with what fell due after her contract had ended.
    """
    during = Contract.objects.signed().filter(
        Q(until_on=None) | Q(until_on__gte=run.first_on), from_on__lte=run.last_on
    )
    unpaid = Q(pk__in=pay_gathering.unpaid_times(run).values("secretary"))
    extras = PayExtra.objects.filter(state=PayExtra.State.AGREED, on__lte=run.last_on)
    earned = Q(pk__in=extras.values("secretary"))
    earned |= Q(pk__in=pay_gathering.of_proposals(run).values("secretary"))
    outcomes = Outcome.objects.counting().filter(on__lte=run.last_on)
    earned |= Q(pk__in=outcomes.values("secretary"))
    # Waiting and days away may be approved long after they were; nothing else tells of them.
    recent = Contract.objects.signed().filter(
        until_on__range=(run.first_on - A_YEAR, run.first_on), terms__by__in=[By.WAITING, By.DAY_OFF]
    )
    earned |= Q(pk__in=recent.values("secretary"))
    wanted = Q(pk__in=during.values("secretary")) | unpaid | earned
    return Secretary.objects.filter(wanted).select_related("user").order_by("spoken_name", "pk")


def prepare(run: PayRun, *, by: User, at: datetime, anew: bool = False) -> PayRun:
    """Write the statement of whoever has none yet; `anew`: of all. Raises NotNow once it is approved.

    Where they are many, workers write them, and the run `goes_on` until they have.
    """
    with transaction.atomic():
        # Waits for whoever is just writing a statement of it: hers is seen, or taken away.
        held = PayRun.objects.select_for_update(of=("self",)).exclude(state=State.APPROVED).filter(pk=run.pk)
        if not (run := held.first()):  # type: ignore[assignment]
            raise NotNow(_("This run is approved. What comes late is part of the next one."))
        if anew:
            clear(run)
        run.state, run.prepared_by, run.prepared_at = State.PREPARING, by, at
        run.save(update_fields=["state", "prepared_by", "prepared_at"])
        have = PayStatement.objects.filter(run=run).values("secretary")
        keys = list(people_of(run).exclude(pk__in=have).values_list("pk", flat=True))
        by_workers = parts.begin(run, PART, keys, size=A_PART)
    if not by_workers:
        write_some(run, keys)
        finish(run)
    run.refresh_from_db()
    return run


def write_some(run: PayRun, keys: Collection[UUID]) -> None:
    """The statements of these, each a transaction of its own; whoever has one keeps it."""
    hindered = {}
    people = Secretary.objects.filter(pk__in=keys).select_related("user")
    for secretary in people.order_by("spoken_name", "pk"):
        try:
            write(run, secretary)
        except NotNow as words:
            hindered[secretary.pk] = str(words)
    parts.hinder(run, hindered)


def finish(run: PayRun) -> None:
    """Everybody's is written: now it waits for the second person."""
    mine = PayRun.objects.filter(pk=run.pk, turn=run.turn, state=State.PREPARING)
    if mine.update(state=State.PREPARED):
        _record("books.pay_run_prepared", run, run.prepared_by)


def clear(run: PayRun) -> None:
    """Take its statements away. What they paid is unpaid again."""
    with transaction.atomic():
        for rows in (
            PayPart.objects.filter(line__statement__run=run),
            PayLine.objects.filter(statement__run=run),
            PayStatement.objects.filter(run=run),  # a line that is left of one would not let it go
        ):
            rows._raw_delete(rows.db)


@transaction.atomic
def write(run: PayRun, secretary: Secretary) -> list[PayStatement]:
    """One secretary's statements: hers as they are, or new ones. None where she has nothing coming.

    She has one, unless she was engaged in several ways: then each who is paid for her has one.
    """
    Secretary.objects.select_for_update(of=("self",), no_key=True).get(pk=secretary.pk)
    if hers := list(PayStatement.objects.filter(run=run, secretary=secretary)):
        return hers
    _hold_for_open_weeks(run, secretary)
    written = [_statement(run, secretary, found) for found in pay_gathering.gather(secretary, run)]
    return [each for each in written if each]


def _hold_for_open_weeks(run: PayRun, secretary: Secretary) -> None:
    """A minimum and a bonus by hours go by all that she worked on these days, so that all of it is closed.

    Raises NotNow. What is left over would be paid by the next run on top of the minimum, and a bonus would be
    lost where her hours fall into two.
    """
    terms = PayTerm.objects.filter(
        Q(contract__until_on=None) | Q(contract__until_on__gte=run.first_on),
        contract__secretary=secretary,
        contract__state=Contract.State.SIGNED,
        contract__from_on__lte=run.last_on,
        by__in=OF_ALL_HOURS,
    )
    if not terms.exists():
        return
    if weeks := open_weeks.between(run.first_on, run.last_on, secretary=secretary).weeks:
        raise NotNow(
            _(
                "%(name)s: her week from %(day)s is not approved, and her minimum or bonus goes by all of "
                "these days. Approve it, and prepare the run anew."
            )
            % {"name": secretary.spoken_name, "day": date_words(weeks[0].starts_on, "j F Y")}
        )


def _statement(run: PayRun, secretary: Secretary, found: Gathered) -> PayStatement | None:
    if not found.contracts:
        if found.pay.left:
            raise NotNow(
                _("%(name)s: no contract covers her work. It waits for one.")
                % {"name": secretary.spoken_name}
            )
        if found.waits:
            raise NotNow(
                _("%(name)s: no contract covers what is due to her. It waits for one.")
                % {"name": secretary.spoken_name}
            )
        return None
    if not found.is_something and not found.pay.left:
        return None
    company = found.contracts[-1].partner
    try:
        with transaction.atomic():
            statement = PayStatement.objects.create(
                run=run,
                secretary=secretary,
                first_on=run.first_on,
                last_on=run.last_on,
                currency=found.currency,
                gross=found.pay.gross,
                expenses=found.pay.expenses,
                total=found.pay.total,
                bank=pay_details.of(company or secretary),
                partner=company,
                to_partner=company.name if company else "",
                rules=[_rules(each) for each in found.contracts],
                waiting=len(found.pay.left),
            )
    except IntegrityError as clash:
        if "a_day_is_paid_once" not in str(clash):
            raise
        raise NotNow(
            _("%(name)s: some of these days are on another statement.") % {"name": secretary.spoken_name}
        ) from clash
    # The statement names the run, so from here on nobody can begin it anew; but perhaps somebody just did.
    if not PayRun.objects.filter(pk=run.pk, turn=run.turn).exists():
        raise NotNow(_("The run was begun anew meanwhile."))
    _write_lines(statement, found)
    return statement


def _rules(contract: Contract) -> dict:
    terms = [wording.term(each, contract.currency, contract.digits) for each in contract.terms_of_pay]
    return {
        "version": contract.version,
        "from": contract.from_on.isoformat(),
        "until": contract.until_on.isoformat() if contract.until_on else "",
        "words": terms or [_("Unpaid trial work.")],
    }


def _write_lines(statement: PayStatement, found: Gathered) -> None:
    steps = {each.pk: each.get_step_seconds_display() for each in found.contracts}
    several = len(found.contracts) > 1
    versions = {each.pk: each.version for each in found.contracts}
    lines = []
    for rank, line in enumerate(found.pay.lines):
        words = pay_words.what(line, statement.currency)
        if several and line.agreed:
            words = _("%(what)s (version %(n)d)") % {"what": words, "n": versions[line.agreed.key]}
        lines.append(
            PayLine(
                statement=statement,
                secretary_id=statement.secretary_id,
                rank=rank,
                kind=line.of,
                words=words[:240],
                rule=pay_words.rule(line, statement.currency, steps[line.agreed.key] if line.agreed else ""),
                quantity=pay_words.quantity(line),
                amount=line.amount,
            )
        )
    PayLine.objects.bulk_create(lines)
    copy_in(PayPart, OF_A_PART, _parts(zip(lines, found.pay.lines, strict=True), found.times))


def _parts(pairs: Iterable[tuple[PayLine, Line]], times: dict) -> Iterator[tuple]:
    """The values of each part, as they are named in OF_A_PART."""
    for row, line in pairs:
        of = row.statement_id.hex, row.pk, row.secretary_id.hex
        for part in line.parts:
            yield (*of, *_about(line, part, times), part.micros, part.units, part.amount)


def _about(line: Line, part: Part, times: dict) -> tuple:
    """Of which interval or which thing it is: record, kind and id of the subject, from, until."""
    if line.of in OF_TIME:
        time = times[part.key]
        return part.key, "", None, time.started_at, time.ended_at
    if line.of == Of.PIECES:
        kind, _mark, pk = part.key[1].rpartition(":")
        return None, kind, pk, None, None
    if line.of == Of.LANGUAGE:  # beside the hour itself, which is paid by its record
        return None, SPOKEN, part.key, times[part.key].started_at, times[part.key].ended_at
    if line.of == Of.BONUS and line.term:
        return None, OF_BONUS[line.term.by], part.key, None, None
    return None, KINDS.get(line.of, EXTRA), part.key, None, None


@transaction.atomic
def approve(run: PayRun, *, by: User, at: datetime) -> PayRun:
    """The second person says that it stands. From then on it does, and everybody sees hers."""
    run = PayRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.state != State.PREPARED:
        raise NotNow(_("Only a run that is prepared can be approved."))
    if run.prepared_by_id == by.pk:
        raise NotNow(_("You prepared it. Another person approves it."))
    statements = list(run.statements.select_related("secretary__user", "bank", "partner"))
    if not statements:
        raise NotNow(_("There is nothing to be paid in it."))
    accounts = pay_details.of_all(each.payee_id for each in statements)
    moved = dict.fromkeys(
        each.to_partner or each.secretary.spoken_name
        for each in statements
        if accounts.get(each.payee_id) != each.bank
    )
    if moved:
        words = _("Bank details have changed since it was prepared: %(names)s. Prepare it anew.")
        raise NotNow(words % {"names": ", ".join(moved)})
    if found := unresolved.of_run(run, at=at):
        words = _("Something is not answered yet: %(what)s. Then the run can be approved.")
        raise NotNow(words % {"what": "; ".join(map(str, found))})
    run.state, run.approved_by, run.approved_at = State.APPROVED, by, at
    run.save(update_fields=["state", "approved_by", "approved_at"])
    _record("books.pay_run_approved", run, by)
    for each in statements:
        _tell(each)
    for company in {each.partner_id: each.partner for each in statements if each.partner}.values():
        _tell_company(run, company)
    return run


def _tell(statement: PayStatement) -> None:
    days = {"first": f"{statement.first_on:%d %b %Y}", "last": f"{statement.last_on:%d %b %Y}"}
    outbox.post(
        pay_details.KIND,
        key=f"{pay_details.KIND}:statement:{statement.pk}",
        subject=("books.paystatement", statement.pk),
        payload={
            "to": statement.secretary.user.email,
            "subject": _("Your pay from %(first)s to %(last)s") % days,
            "text": _(
                "Your statement is there, under “My pay” at your desk. Each line opens to the seconds it "
                "came from. If something is not right, say so there; it is put right in the next run."
            ),
        },
    )


def _tell_company(run: PayRun, company: Partner) -> None:
    days = {"first": f"{run.first_on:%d %b %Y}", "last": f"{run.last_on:%d %b %Y}"}
    for person in company_people.to_be_told(company):
        outbox.post(
            pay_details.KIND,
            key=f"{pay_details.KIND}:company:{run.pk}:{company.pk}:{person.user_id}",
            subject=("books.payrun", run.pk),
            payload={
                "to": person.user.email,
                "subject": _("What you are paid for your secretaries from %(first)s to %(last)s") % days,
                "text": _(
                    "It is there, under “What you are paid”, with the statement of each secretary. Each line "
                    "opens to the hours it came from."
                ),
            },
        )


@transaction.atomic
def drop(run: PayRun, *, by: User) -> None:
    """Take a run away that nobody has approved."""
    held = PayRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if held.is_approved:
        raise NotNow(_("This run is approved. It stays."))
    _record("books.pay_run_dropped", held, by)
    clear(held)
    held.delete()


def accounts_compared(run: PayRun) -> dict[UUID, str]:
    """Of statements whose account is not that of the time before, in words. Both people of a run read it."""
    earlier = PayStatement.objects.filter(last_on__lt=run.first_on, bank__isnull=False)
    hers = earlier.filter(partner=None).order_by("secretary", "-last_on").distinct("secretary")
    companies = earlier.exclude(partner=None).order_by("partner", "-last_on").distinct("partner")
    before = dict(hers.values_list("secretary", "bank")) | dict(companies.values_list("partner", "bank"))
    if not before:
        return {}  # the firm's first run, in which every account is one
    paid = PayStatement.objects.filter(run=run, bank__isnull=False)
    found = {}
    for pk, secretary, company, bank in paid.values_list("pk", "secretary", "partner", "bank"):
        payee = company or secretary
        if before.get(payee) == bank:
            continue
        if payee in before:
            found[pk] = _("another account than last time")
        else:
            found[pk] = _("its first account") if company else _("her first account")
    return found


def _record(verb: str, run: PayRun, by: User) -> None:
    ledger.record(verb, actor_id=by.pk, subject=("books.payrun", run.pk))
