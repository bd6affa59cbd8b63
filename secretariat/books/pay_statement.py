"""A statement told to whoever reads it, on a page and on paper: each line, its rule, every part of it."""

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import translation
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from calls.models import Call
from clients.models import Client, WorkRecord
from secretariat import typefaces
from secretariat.office.models import Firm
from secretariat.office.pay import Of

from . import behind, metering, shifts_and_days
from .briefs.charging import CHARGE
from .carrying import CARRIED
from .metering import SECOND
from .models import BriefCharge, Outcome, PayExtra, PayLine, PayPart, PayStatement, digits_of
from .pay_gathering import EXTRA, OUTCOME
from .paying import SPOKEN
from .rules import length
from .statement import amount

SOURCE = Path(__file__).with_name("pay.typ")
DAY = "j F Y"


@dataclass(frozen=True)
class Opened:
    """One part of a line. `seconds` as they ran, `units` as they are paid; `url` opens the call."""

    key: int
    when: str
    what: str
    seconds: float
    units: str
    amount: str
    url: str = ""

    def __str__(self):
        return ", ".join(filter(None, (self.when, self.what, self.units, self.amount)))


@dataclass(frozen=True)
class Row:
    """`words` are those of the line, or what kind of thing it is for whoever may not read them."""

    line: PayLine
    words: str
    amount: str
    parts: list[Opened]


def told(user, statement: PayStatement) -> dict:
    """What a page of this statement shows. Times are those of her zone."""
    digits = digits_of(statement.currency)
    lines = PayLine.objects.visible_to(user).filter(statement=statement)
    lines = list(lines.prefetch_related("parts__record"))
    parts = [part for line in lines for part in line.parts.all()]
    on_top = WorkRecord.objects.in_bulk([part.subject_id for part in parts if part.subject_kind == SPOKEN])
    records = [part.record for part in parts if part.record] + list(on_top.values())
    # Whose calls they were, what a brief was about and what she laid out are hers and the firm's to know, not
    # a bookkeeper's or another company's.
    named = user.roles.firm_wide or statement.secretary.user_id == user.pk
    clients = Client.objects.in_bulk({each.client_id for each in records if each.client_id}) if named else {}
    outcomes = list(Outcome.objects.filter(pk__in=_ids(parts)))
    earned = {pk: metering.at_work(its) for pk, its in behind.intervals(outcomes, hers=True).items()}
    came_of = {each.pk: each.subject_id for each in outcomes if each.subject_kind == behind.OF_CALL}
    things = {each.pk: each for each in outcomes}
    things |= {each.pk: each for each in PayExtra.objects.filter(pk__in=_ids(parts))}
    charges = BriefCharge.objects.filter(pk__in=_ids(parts)).select_related("milestone")
    things |= {each.pk: each for each in charges}
    besides = shifts_and_days.told(statement.secretary, parts)
    ids = {each.subject_id for each in records if each.subject_kind == behind.OF_CALL} | set(came_of.values())
    seen = set(Call.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True))
    zone, kinds = ZoneInfo(statement.secretary.zone), dict(WorkRecord.Kind.choices)

    def opened(part) -> Opened:
        if record := part.record or on_top.get(part.subject_id):
            kind = kinds[record.kind]
            client = clients.get(record.client_id)
            name = f", {client.name}" if client else ""
            call = record.subject_id if record.subject_id in seen else None
            return Opened(
                key=part.pk,
                when=date_words(part.since.astimezone(zone), "D j M H:i:s"),
                what=f"{kind}{name}",
                seconds=part.micros / SECOND,
                units=length(part.units),
                amount=amount(part.amount, digits),
                url=reverse("calls-record", args=[call]) if call else "",
            )
        if when := besides.get(part.subject_id):
            what, units = _besides(part, named)
            return Opened(
                key=part.pk,
                when=when,
                what=what,
                seconds=part.micros / SECOND,
                units=units,
                amount=amount(part.amount, digits),
                url="",
            )
        thing = things.get(part.subject_id)
        micros = thing.micros if isinstance(thing, BriefCharge) else earned.get(part.subject_id, 0)
        call = came_of.get(part.subject_id, part.subject_id)
        return Opened(
            key=part.pk,
            when=date_words(thing.on, "D j M") if thing else "",
            what=_words_of(thing, named) if thing else _piece(part),
            seconds=micros / SECOND,
            units=str(part.units),
            amount=amount(part.amount, digits),
            url=reverse("calls-record", args=[call]) if call in seen else "",
        )

    return {
        "statement": statement,
        "secretary": statement.secretary,
        "zone": statement.secretary.zone,
        "rows": [
            Row(
                line,
                line.words if named else _of_its_kind(line, things),
                amount(line.amount, digits),
                [opened(part) for part in line.parts.all()],
            )
            for line in lines
        ],
        "gross": amount(statement.gross, digits),
        "expenses": amount(statement.expenses, digits),
        "total": amount(statement.total, digits),
    }


def part_of(found: dict, key: str) -> Opened | None:
    """The part of a statement that was `told`, by its key as a page has it."""
    return next((each for row in found["rows"] for each in row.parts if str(each.key) == key), None)


def _besides(part: PayPart, named: bool) -> tuple[str, str]:
    """What it is beside work, and how much of it; how good her work was is not told to everybody."""
    if part.subject_kind == shifts_and_days.RESULT:
        return _("Result of quality"), f"{part.units} %" if named else ""
    what = _("Day away") if part.subject_kind == shifts_and_days.DAY_OFF else _("Shift")
    return what, length(part.units) if part.micros else str(part.units)


def _words_of(thing: Outcome | PayExtra | BriefCharge, named: bool) -> str:
    if isinstance(thing, BriefCharge):
        return thing.rule if named else thing.get_because_display()
    if named and isinstance(thing, Outcome) and thing.worth:
        return _("%(what)s, worth %(sum)s") % {"what": thing, "sum": amount(thing.worth, 2)}
    return str(thing) if named else thing.get_kind_display()


def _of_its_kind(line: PayLine, things: dict) -> str:
    """A line for whoever may not read what it was about. What the contract says is no secret."""
    if line.kind == Of.BRIEF:
        return _("Work by proposal")
    if line.kind not in (Of.EXTRA, Of.EXPENSE):
        return line.words
    kinds = {
        things[part.subject_id].get_kind_display() for part in line.parts.all() if part.subject_id in things
    }
    return ", ".join(sorted(kinds)) or _("Beside the contract")


def _ids(parts) -> set:
    return {part.subject_id for part in parts if part.subject_kind in (OUTCOME, EXTRA, CHARGE)}


def _piece(part) -> str:
    if part.subject_kind == CARRIED:
        return _("An earlier statement")
    return _("Call") if part.subject_kind.startswith("calls.") else _("Piece of work")


def pdf(user, statement: PayStatement) -> bytes:
    """The statement on paper, as PDF/UA-1. The same statement gives the same bytes."""
    return typefaces.pdf(SOURCE, {"pay": words(user, statement)}, at=statement.run.prepared_at)


def words(user, statement: PayStatement) -> dict:
    """Everything that stands on the paper."""
    found, firm = told(user, statement), Firm.current().name
    language, _mark, region = (translation.get_language() or "en-gb").partition("-")
    run = statement.run
    facts = [
        [_("For"), f"{date_words(statement.first_on, DAY)} – {date_words(statement.last_on, DAY)}"],
        [_("To be paid on"), date_words(run.pay_on, DAY)],
        [_("Paid to"), statement.to_partner or (f"…{statement.bank.ending}" if statement.bank else "–")],
    ]
    if not run.is_approved:
        facts.append([_("State"), run.get_state_display()])
    return {
        "language": language,
        "region": region.upper(),
        "firm": firm,
        "name": statement.secretary.user.name,
        "title": _("Pay statement"),
        "facts": facts,
        "heads": [_("What"), _("How much"), _("Amount, %(currency)s") % {"currency": statement.currency}],
        "lines": [[row.words, row.line.rule, row.line.quantity, row.amount] for row in found["rows"]],
        "sums": [
            [_("Pay"), found["gross"]],
            [_("Paid back"), found["expenses"]],
            [_("To be paid"), f"{found['total']} {statement.currency}"],
        ],
        "rules_title": _("What was agreed"),
        "rules": [
            {"name": _("version %(n)d") % {"n": each["version"]}, "words": each["words"]}
            for each in statement.rules
        ],
        "parts_title": _("Every interval and piece"),
        "part_heads": [_("When"), _("What"), _("Counts"), _("Amount")],
        "parts": [
            {
                "words": row.words,
                "rows": [[each.when, each.what, each.units, each.amount] for each in row.parts],
            }
            for row in found["rows"]
            if row.parts
        ],
        "page": _("Page {page} of {pages}"),
    }
