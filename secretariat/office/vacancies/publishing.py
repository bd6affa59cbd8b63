"""A vacancy: written, published once its rate is clear, closed. What its page says of hours and money."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat import ledger
from secretariat.office.contracts import wording
from secretariat.office.models import Firm, User, Vacancy
from secretariat.office.pay import By, Term
from secretariat.office.pay_counting import Per
from secretariat.rounding import digits_of

State, Rate = Vacancy.State, Vacancy.Rate
PAID = {
    Rate.HOUR: (By.HOUR, "", ""),
    Rate.CALL: (By.PIECE, "call", ""),
    Rate.MAIL: (By.PIECE, "mail", ""),
    Rate.TASK: (By.PIECE, "task", ""),
    Rate.WEEK: (By.FIXED, "", Per.WEEK),
    Rate.MONTH: (By.FIXED, "", Per.MONTH),
}


class NotNow(Exception):
    """It cannot be published, or does not stand as somebody thought. Says why."""


@dataclass(frozen=True)
class _AsContract:
    """What a contract of this vacancy would say, as far as its rate is judged."""

    kind: str
    is_unpaid: bool = False
    until_on: None = None
    trial_hours: None = None
    min_hours_week: Decimal | None = None
    max_hours_week: Decimal | None = None
    min_hours_month: Decimal | None = None
    max_hours_month: Decimal | None = None
    benefits: tuple = ()


def terms(vacancy: Vacancy) -> tuple[Term, ...]:
    """What it pays for, as a contract would say it; none without an amount."""
    if vacancy.rate is None:
        return ()
    by, of, per = PAID[Rate(vacancy.rate_for)]
    return (Term(by, vacancy.rate, of, per),)


def why_not_published(vacancy: Vacancy) -> list[str]:
    """What keeps it from being published, in words: rates are judged as those of contracts. Pure."""
    return wording.why_unclear(_AsContract(vacancy.kind), terms(vacancy))


def money(vacancy: Vacancy) -> str:
    """Its rate as a sentence; empty without one."""
    digits = digits_of(vacancy.currency)
    return " ".join(wording.term(each, vacancy.currency, digits) for each in terms(vacancy))


def paid(vacancy: Vacancy) -> str:
    """How often, and by when it is on her account."""
    facts = {"each": vacancy.get_paid_each_display(), "days": vacancy.pay_within_days}
    return _("Paid %(each)s, within %(days)d days after it ends.") % facts


def is_over(vacancy: Vacancy, *, at: datetime) -> bool:
    """Published, and its last day has passed where the firm is: nobody sees it any more."""
    return vacancy.state == State.OPEN and has_passed(vacancy, at=at)


def has_passed(vacancy: Vacancy, *, at: datetime) -> bool:
    """Its last day, where the firm is."""
    return vacancy.until_on is not None and vacancy.until_on < Firm.day(at)


def hours(vacancy: Vacancy) -> str:
    words = {"least": vacancy.hours_from, "most": vacancy.hours_to}
    if vacancy.hours_per == Vacancy.Per.WEEK:
        same, apart = _("%(most)s hours a week"), _("%(least)s to %(most)s hours a week")
    else:
        same, apart = _("%(most)s hours a month"), _("%(least)s to %(most)s hours a month")
    return (same if vacancy.hours_from == vacancy.hours_to else apart) % words


@transaction.atomic
def write(vacancy: Vacancy, *, by: User) -> Vacancy:
    """Keep it, new or changed. One that is published keeps a clear rate."""
    if vacancy.state == State.OPEN and (hindered := why_not_published(vacancy)):
        raise NotNow(" ".join(hindered))
    if vacancy._state.adding:
        vacancy.made_by = by
    vacancy.save()
    _record("written", vacancy, by)
    return vacancy


@transaction.atomic
def publish(vacancy: Vacancy, *, by: User, at: datetime) -> Vacancy:
    """Put it on its public page. Raises NotNow without a clear rate, and once its last day has passed."""
    vacancy = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
    if hindered := why_not_published(vacancy):
        raise NotNow(" ".join(hindered))
    if has_passed(vacancy, at=at):
        raise NotNow(_("Its last day has passed. Name a later day first, or none."))
    unpublished = Vacancy.objects.filter(pk=vacancy.pk).exclude(state=State.OPEN)
    if not unpublished.update(state=State.OPEN, published_at=at, closed_at=None):
        raise NotNow(_("It is published already."))
    _record("published", vacancy, by)
    vacancy.refresh_from_db()
    return vacancy


@transaction.atomic
def close(vacancy: Vacancy, *, by: User, at: datetime) -> Vacancy:
    """Take it off its page. Whoever has begun to apply may go on."""
    if not Vacancy.objects.filter(pk=vacancy.pk, state=State.OPEN).update(state=State.CLOSED, closed_at=at):
        raise NotNow(_("It is not published."))
    _record("closed", vacancy, by)
    vacancy.refresh_from_db()
    return vacancy


def _record(verb: str, vacancy: Vacancy, by: User) -> None:
    ledger.record(f"office.vacancy.{verb}", actor_id=by.pk, subject=("office.vacancy", vacancy.pk))
