"""A pay run as whoever approves it needs it: its sums, what is in it by hand, how each statement is paid."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from secretariat.office.pay import Of

from . import paying, paying_out
from .models import PayExtra, PayLine, PayPart, PayRun, PayStatement, digits_of
from .pay_gathering import EXTRA
from .paying_out import Standing
from .reckoning import NOUGHT
from .statement import amount

AT_MOST = 200  # extras, the greatest first
NAMED = 12  # of whom a file for the bank leaves out for the same reason


def money(value: Decimal, currency: str) -> str:
    return f"{amount(value, digits_of(currency))} {currency}"


@dataclass(frozen=True)
class Sums:
    """All statements of a run in one currency, and how much more or less than the run before."""

    currency: str
    statements: int
    gross: str
    expenses: str
    total: str
    difference: str = ""


@dataclass(frozen=True)
class Row:
    """One statement in the list. `changed`, `carried`: in words."""

    standing: Standing
    total: str
    changed: str = ""
    carried: str = ""

    @property
    def statement(self) -> PayStatement:
        return self.standing.statement


@dataclass(frozen=True)
class Company:
    """What an outsourcing company is paid in a run. `standing`: of one of its statements, as of all."""

    name: str
    statements: int
    total: str
    standing: Standing
    changed: str = ""


@dataclass
class LeftOut:
    """Those whom a file for the bank does not pay for one reason. `is_in_question`: until somebody's word."""

    why: str
    is_in_question: bool = False
    names: list[str] = field(default_factory=list)
    sums: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    @property
    def named(self) -> str:
        return ", ".join(self.names[:NAMED])

    @property
    def more(self) -> int:
        return max(0, len(self.names) - NAMED)

    @property
    def together(self) -> str:
        return _in_words(self.sums)


@dataclass(frozen=True)
class ByHand:
    """Something beside the contract's terms, with the statement on which it stands."""

    secretary: str
    kind: str
    words: str
    asked_by: str
    decided_by: str
    amount: str
    statement_id: UUID


def sums(run: PayRun) -> list[Sums]:
    before = run_before(run)
    then = {currency: total for currency, _n, _gross, _expenses, total in _added(before)} if before else {}
    now = _added(run)
    found = [
        Sums(
            currency,
            n,
            money(gross, currency),
            money(expenses, currency),
            money(total, currency),
            _difference(total - then.get(currency, NOUGHT), currency) if before else "",
        )
        for currency, n, gross, expenses, total in now
    ]
    gone = {currency: total for currency, total in then.items() if currency not in {each[0] for each in now}}
    nothing = [
        Sums(
            each, 0, money(NOUGHT, each), money(NOUGHT, each), money(NOUGHT, each), _difference(-total, each)
        )
        for each, total in gone.items()
    ]
    return found + nothing


def run_before(run: PayRun) -> PayRun | None:
    """The newest approved run of earlier days."""
    earlier = PayRun.objects.filter(state=PayRun.State.APPROVED, last_on__lt=run.first_on)
    return earlier.order_by("-last_on", "-pk").first()


def _added(run: PayRun) -> list[tuple]:
    rows = PayStatement.objects.filter(run=run).order_by("currency").values("currency")
    added = rows.annotate(n=Count("pk"), paid=Sum("gross"), back=Sum("expenses"), all=Sum("total"))
    return list(added.values_list("currency", "n", "paid", "back", "all"))


def _difference(value: Decimal, currency: str) -> str:
    return f"+{money(value, currency)}" if value > 0 else money(value, currency)


def companies(run: PayRun, standings: Iterable[Standing]) -> list[Company]:
    """Each outsourcing company with what it is to be paid for its statements, all of a currency at once."""
    found: dict[tuple, list[Standing]] = {}
    for each in standings:
        if statement := each.statement if each.statement.partner_id else None:
            its = found.setdefault((statement.to_partner, statement.partner_id, statement.currency), [])
            its.append(each)
    changed = paying.accounts_compared(run) if found else {}
    return [_company(its, changed) for _key, its in sorted(found.items(), key=lambda item: item[0])]


def _company(its: list[Standing], changed: dict[UUID, str]) -> Company:
    # One of which something is to be paid says how all of them stand.
    shown = next((each for each in its if each.statement.total > 0), its[0])
    total = sum((each.statement.total for each in its), NOUGHT)
    row = _row(shown, changed, {})
    return Company(
        shown.statement.to_partner,
        len(its),
        money(total, shown.statement.currency),
        shown,
        row.changed,
    )


def by_hand(run: PayRun) -> tuple[list[ByHand], int]:
    """Extras and expenses of this run, with who asked and who agreed: the greatest, and how many more."""
    parts = PayPart.objects.filter(
        line__statement__run=run, line__kind__in=[Of.EXTRA, Of.EXPENSE], subject_kind=EXTRA
    )
    of = {
        extra: (statement, currency)
        for extra, statement, currency in parts.values_list(
            "subject_id", "line__statement", "line__statement__currency"
        )
    }
    rows = PayExtra.objects.filter(pk__in=of).select_related("secretary__user", "asked_by", "decided_by")
    rows = sorted(rows, key=lambda each: (-abs(each.amount), each.secretary.user.name, each.pk))
    found = [
        ByHand(
            each.secretary.user.name,
            each.get_kind_display(),
            each.words,
            each.asked_by.name,
            each.decided_by.name if each.decided_by else "",
            money(each.amount, of[each.pk][1]),
            of[each.pk][0],
        )
        for each in rows[:AT_MOST]
    ]
    return found, len(rows) - len(found)


def left_out(standings: Iterable[Standing]) -> list[LeftOut]:
    """Whom a file for the bank leaves out, by the reason; who has been paid otherwise is not among them."""
    found: dict[str, LeftOut] = {}
    for each in standings:
        if each.left:
            group = found.setdefault(each.left, LeftOut(each.left, each.is_in_question))
            if (payee := each.statement.payee) not in group.names or not each.statement.partner_id:
                group.names.append(payee)
            group.sums[each.statement.currency] += each.statement.total
    return sorted(found.values(), key=lambda group: group.why)


def ready(standings: Iterable[Standing]) -> tuple[int, str]:
    """How many payments the next file would have, and what they come to."""
    totals: dict[str, Decimal] = defaultdict(Decimal)
    payees = set()
    for each in standings:
        if each.is_ready:
            payees.add(each.statement.partner_id or each.statement.pk)
            totals[each.statement.currency] += each.statement.total
    return len(payees), _in_words(totals)


def rows(run: PayRun, standings: list[Standing]) -> list[Row]:
    """Of some statements of this run."""
    changed = paying.accounts_compared(run)
    lines = PayLine.objects.filter(
        statement__in=[each.statement.pk for each in standings], kind=Of.CARRIED, amount__gt=0
    )
    carried: dict[UUID, Decimal] = dict(lines.values_list("statement", "amount"))
    return [_row(each, changed, carried) for each in standings]


def _row(standing: Standing, changed: dict[UUID, str], carried: dict[UUID, Decimal]) -> Row:
    statement = standing.statement
    said = changed.get(statement.pk, "")
    if standing.is_other and standing.account:
        said = (
            _("an account it entered after the run was prepared")
            if statement.partner_id
            else _("an account she entered after the run was prepared")
        )
    over = carried.get(statement.pk)
    return Row(
        standing,
        money(statement.total, statement.currency),
        said,
        _("%(sum)s taken over to a later run") % {"sum": money(over, statement.currency)} if over else "",
    )


def files(run: PayRun) -> list[dict]:
    return [
        {
            "key": each.key,
            "made_at": each.made_at,
            "n": len(each.transfers),
            "total": _in_words({each.payouts[0].statement.currency: each.total}),
            "waiting": each.waiting,
        }
        for each in paying_out.files_of(run)
    ]


def _in_words(totals: dict[str, Decimal]) -> str:
    return ", ".join(money(total, currency) for currency, total in sorted(totals.items()))
