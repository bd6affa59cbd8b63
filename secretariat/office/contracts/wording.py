"""A contract in plain words, why it cannot be offered, how two versions differ. Pure but for translation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from secretariat.office import languages, odd_hours
from secretariat.office.pay import By, Term
from secretariat.office.pay_counting import Per
from secretariat.rounding import places

from . import unpaid_work

DAY = "j F Y"
TAKEN_OFF = (By.LESS, By.REDUCED)
Section = dict  # {"title": …, "words": […]}


@dataclass(frozen=True)
class Difference:
    """What a section no longer says, and what it says now."""

    title: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


def money(amount: Decimal, currency: str, digits: int = 2) -> str:
    """With its currency, to the last place it has and at least to the cent: 12.50 GBP, 0.085 GBP."""
    return f"{amount:,.{places(amount, digits)}f} {currency}"


def hours(value: Decimal) -> str:
    return f"{value.normalize():f}"


def why_not_offered(contract, terms: Sequence[Term], trials: Sequence = ()) -> list[str]:
    """What keeps it from being offered, in words; empty if nothing does. `trials`: signed ones before it."""
    found = why_unclear(contract, terms, trials)
    if not found and not contract.is_unpaid and (unpaid := unpaid_work.why_not_offered(terms)):
        found.append(unpaid)
    return found


def why_unclear(contract, terms: Sequence[Term], trials: Sequence = ()) -> list[str]:
    """The same of each rate by itself, as a vacancy names one: whether all work is paid for is not asked."""
    found = []
    if contract.is_unpaid:
        found += _why_no_trial(contract, trials)
        if terms:
            found.append(_("Unpaid work has no rate. Take the amounts out, or choose another form."))
        if not contract.until_on or not contract.trial_hours:
            found.append(_("Unpaid work has a last day and a limit of hours."))
    elif not any(term.by in (By.HOUR, By.PIECE, By.FIXED) for term in terms):
        found.append(_("It names no clear rate: an amount for an hour, for a piece, or a fixed one."))
    if any(term.by == By.QUALITY and not term.percent for term in terms):
        found.append(_("Say from how many percent on quality is rewarded."))
    if any(term.amount <= 0 for term in terms):
        found.append(_("Every rate is more than nought."))
    if any(term.by == By.SHARE and not term.condition for term in terms):
        found.append(_("Say on what condition the commission is earned."))
    if any(term.by == By.REDUCED and term.amount >= 100 for term in terms):
        found.append(_("What a rate is reduced by leaves something of it."))
    if any(term.by in TAKEN_OFF and not term.condition for term in terms):
        found.append(_("Say for what something is taken off."))
    for least, most in (
        (contract.min_hours_week, contract.max_hours_week),
        (contract.min_hours_month, contract.max_hours_month),
    ):
        if least is not None and most is not None and least > most:
            found.append(_("The least hours are more than the most."))
    if contract.benefits and contract.kind != "employee":
        found.append(_("Only an employee’s contract carries benefits."))
    return found


def _why_no_trial(contract, trials: Sequence) -> list[str]:
    """Unpaid work is tried once; a second time for a reason that she reads, and no longer than the first."""
    because = contract.trial_again_because
    if not trials:
        return [_("She has had no trial before. Take out why there is a second.")] if because else []
    if len(trials) > 1:
        return [_("She has worked on trial twice. A third time is paid.")]
    [first], found = trials, []
    if not because:
        found.append(_("She has worked on trial before. Say why there is a second trial: she reads it."))
    if contract.trial_hours and contract.trial_hours > first.trial_hours:
        most = {"hours": hours(first.trial_hours)}
        found.append(_("A second trial has no more hours than the first: %(hours)s.") % most)
    days = (first.until_on - first.from_on).days + 1
    if contract.until_on and (contract.until_on - contract.from_on).days + 1 > days:
        found.append(_("A second trial lasts no longer than the first: %(n)d days.") % {"n": days})
    return found


def pieces() -> dict[str, str]:
    """What is paid by the piece, each with its amount in front."""
    return {
        "call": _("%(sum)s for each call"),
        "mail": _("%(sum)s for each mail answered"),
        "letter": _("%(sum)s for each letter written"),
        "dictation": _("%(sum)s for each dictation typed"),
        "post": _("%(sum)s for each piece of post handled"),
        "request": _("%(sum)s for each request answered"),
        "task": _("%(sum)s for each other task"),
    }


def odd_shifts() -> dict[str, str]:
    """Which shifts that were kept are paid for, each with its amount in front."""
    return {
        "": _("%(sum)s for each shift kept that is not on a weekday between %(early)d and %(late)d"),
        "night": _(
            "%(sum)s for each shift kept of which any part lies between %(from)d and %(until)d at night"
        ),
        "weekend": _("%(sum)s for each shift kept of which any part lies on a Saturday or Sunday"),
        "holiday": _("%(sum)s for each shift kept on a public holiday of the firm’s country"),
    }


def kinds_of_time() -> dict[str, str]:
    return {
        "": _("%(sum)s an hour at work"),
        "mail": _("%(sum)s an hour of writing mail"),
        "other": _("%(sum)s an hour of other work"),
        "check_in": _("%(sum)s an hour of clients’ own calls for messages"),
    }


def outcomes() -> dict[str, str]:
    return {
        "meeting": _("%(sum)s for each meeting booked"),
        "order": _("%(sum)s for each order"),
        "lead": _("%(sum)s for each lead"),
    }


def each_period() -> dict[str, str]:
    return {
        Per.WEEK: _("%(sum)s a week"),
        Per.MONTH: _("%(sum)s a month"),
        Per.YEAR: _("%(sum)s a year"),
    }


def term(rule: Term, currency: str, digits: int = 2) -> str:
    """One term of pay as a sentence."""
    if rule.by in TAKEN_OFF:
        return _taken_off(rule, currency, digits)
    what = {"sum": money(rule.amount, currency, digits)}
    match rule.by:
        case By.HOUR:
            said = kinds_of_time().get(rule.of, kinds_of_time()[""]) % what
        case By.WAITING:
            said = _("%(sum)s an hour on shift in which there is nothing to do, without breaks") % what
        case By.DAY_OFF:
            said = _("%(sum)s for each day of paid holiday or sickness, Monday to Friday") % what
        case By.PIECE:
            said = pieces()[rule.of] % what
        case By.FIXED:
            said = _("A fixed amount of %(each)s") % {"each": each_period()[rule.per] % what}
        case By.OUTCOME:
            said = _("Commission: %(each)s") % {"each": outcomes()[rule.of] % what}
        case By.SHARE:
            percent = {"sum": f"{rule.amount.normalize():f} %"}
            said = _("Commission: %(each)s, of what it is worth") % {"each": outcomes()[rule.of] % percent}
        case By.KEPT:
            said = _("Bonus: %(sum)s each time she is paid, when every planned shift was kept") % what
        case By.ODD:
            facts = what | {"early": odd_hours.EARLY, "late": odd_hours.LATE}
            facts |= {"from": odd_hours.NIGHT_FROM, "until": odd_hours.NIGHT_UNTIL}
            said = odd_shifts()[rule.of] % facts
        case By.QUALITY:
            facts = what | {"percent": f"{rule.percent} %"}
            said = _("Bonus: %(sum)s each time she is paid, from %(percent)s quality on average") % facts
        case By.SPOKEN:
            facts = what | {"language": languages.name_of(rule.of)}
            said = (
                _("%(sum)s more for each hour at work for clients whose callers speak %(language)s") % facts
            )
        case By.BONUS:
            facts = what | {"hours": hours(rule.hours)}
            said = _("Bonus: %(sum)s once each time she is paid, from %(hours)s hours at work") % facts
        case _:
            said = _("At least %(each)s, whatever there is to do") % {"each": each_period()[rule.per] % what}
    return f"{said}, {rule.condition}." if rule.condition else f"{said}."


def _taken_off(rule: Term, currency: str, digits: int) -> str:
    """For what, how much, and for how long."""
    if rule.by == By.LESS:
        much = each_period()[rule.per] % {"sum": money(rule.amount, currency, digits)}
    else:
        percent = {"percent": f"{rule.amount.normalize():f} %"}
        much = _("%(percent)s of what time and pieces come to") % percent
    said = _("Taken off for %(what)s: %(much)s") % {"what": rule.condition, "much": much}
    if rule.hours:
        said += _(", for the first %(hours)s hours at work under this contract") % {
            "hours": hours(rule.hours)
        }
    if rule.until:
        said += _(", until %(day)s") % {"day": date_words(rule.until, DAY)}
    elif not rule.hours:
        said += _(", as long as this contract holds")
    return f"{said}."


def sections(contract, terms: Sequence[Term], *, firm: str, name: str) -> list[Section]:
    """The whole contract, in the order in which somebody reads before she signs."""
    found = [
        (_("Who"), _who(contract, firm, name)),
        (_("Money"), _money(contract, terms)),
        (_("When and how it is paid"), [_paid(contract)]),
        (_("Hours"), _hours(contract)),
        (_("What you do"), [contract.role, *contract.duties.splitlines()]),
        (_("Your rights"), contract.rights.splitlines()),
        (_("What the firm owes you besides money"), contract.obligations.splitlines()),
        (_("Benefits"), _benefits(contract)),
        (_("Confidentiality"), contract.confidentiality.splitlines()),
        (_("What a breach costs"), contract.breach.splitlines()),
        (_("Beginning, end and notice"), _term(contract)),
    ]
    return [{"title": title, "words": [each for each in words if each.strip()]} for title, words in found]


def _who(contract, firm: str, name: str) -> list[str]:
    who = {"firm": firm, "name": name}
    said = {
        "contractor": _("%(firm)s engages %(name)s as a contractor."),
        "employee": _("%(firm)s employs %(name)s."),
        "trial": _("%(firm)s lets %(name)s work on trial, without pay."),
    }[contract.kind] % who
    if not contract.partner:
        return [said]
    partner = {"partner": contract.partner.name}
    return [
        said,
        _("This is through %(partner)s, which is paid; you see your hours and what they come to.") % partner,
        _("%(partner)s reads and signs this contract, too.") % partner,
        _("The rules of both bind, and where they differ the stricter one."),
        *contract.partner.rules.splitlines(),
    ]


def _money(contract, terms: Sequence[Term]) -> list[str]:
    if contract.is_unpaid:
        nought = {"sum": money(Decimal(0), contract.currency, contract.digits)}
        return [
            _("%(sum)s an hour: this work is unpaid.") % nought,
            _("At most %(hours)s hours in all, and none after the last day.")
            % {"hours": hours(contract.trial_hours or Decimal(0))},
            _("This is a second trial, because: %(why)s") % {"why": contract.trial_again_because}
            if contract.trial_again_because
            else "",
        ]
    said = [term(each, contract.currency, contract.digits) for each in terms]
    if any(each.by == By.HOUR for each in terms):
        said.append(_("Time is paid %(step)s.") % {"step": contract.get_step_seconds_display()})
    else:
        said.append(_("Time is not paid by the hour under this contract."))
    if unpaid := unpaid_work.sentence(terms, money(Decimal(0), contract.currency, contract.digits)):
        said.append(unpaid)
    if not any(each.by == By.WAITING for each in terms):
        said.append(_("Time on shift in which there is nothing to do is not paid by the hour."))
    if sum(each.by == By.ODD for each in terms) > 1:
        said.append(_("A shift to which several of these apply is paid once, by the one that pays most."))
    if sum(each.by == By.BONUS for each in terms) > 1:
        said.append(_("Each bonus for hours at work is paid besides the others."))
    if any(each.by in TAKEN_OFF for each in terms):
        said.append(
            _("What is taken off leaves your pay at nought or more, and never below the least agreed.")
        )
    said.append(_("What you lay out for the work, and the firm has agreed to, is paid back."))
    return said


def _paid(contract) -> str:
    if contract.is_unpaid:
        return _("Nothing is paid.")
    facts = {
        "each": contract.get_paid_each_display(),
        "days": contract.pay_within_days,
        "how": contract.get_pay_method_display(),
    }
    return _("Paid %(each)s, %(how)s, within %(days)d days after it ends.") % facts


def _hours(contract) -> list[str]:
    said = []
    for least, most, both, low, high in (
        (
            *(contract.min_hours_week, contract.max_hours_week),
            *(_("From %(least)s to %(most)s hours a week."), _("At least %(least)s hours a week.")),
            _("At most %(most)s hours a week."),
        ),
        (
            *(contract.min_hours_month, contract.max_hours_month),
            *(_("From %(least)s to %(most)s hours a month."), _("At least %(least)s hours a month.")),
            _("At most %(most)s hours a month."),
        ),
    ):
        if least is not None and most is not None:
            said.append(both % {"least": hours(least), "most": hours(most)})
        elif least is not None:
            said.append(low % {"least": hours(least)})
        elif most is not None:
            said.append(high % {"most": hours(most)})
    return said or [_("As many hours as both agree on; none are promised.")]


def _benefits(contract) -> list[str]:
    if contract.kind != "employee":
        return [
            _(
                "None. Holiday and sickness are not paid, and there is no medical cover or pension: only an "
                "employee’s contract can carry them."
            )
        ]
    by_rule = [_by_rule(contract, each) for each in contract.benefits if each.get("of")]
    others = [benefit(each) for each in contract.benefits if not each.get("of")]
    return by_rule + others or [_("Those that the law gives.")]


def _by_rule(contract, each: dict) -> str:
    amount = benefit_amount(each["of"], Decimal(each["each"]), contract.currency, contract.digits)
    return benefit(each | {"words": benefit_names()[each["of"]], "amount": amount})


def benefit_names() -> dict[str, str]:
    return {
        "holiday": _("Paid holiday"),
        "sickness": _("Paid sickness"),
        "medical": _("Medical cover"),
        "pension": _("Pension"),
    }


def benefit_amount(of: str, each: Decimal, currency: str, digits: int = 2) -> str:
    """How a benefit is earned."""
    n = {"n": hours(each)}
    match of:
        case "holiday":
            return _("%(n)s days a year, earned day by day") % n
        case "sickness":
            return _("%(n)s days each year, earned day by day") % n
        case "medical":
            return _("the firm pays %(sum)s a month") % {"sum": money(each, currency, digits)}
    return _("the firm pays in %(n)s %% of your pay") % n


def benefit(each: dict) -> str:
    said = each["words"]
    if each.get("amount"):
        said += f": {each['amount']}"
    return (
        _("%(what)s, from %(day)s.") % {"what": said, "day": each["from"]} if each.get("from") else said + "."
    )


def _term(contract) -> list[str]:
    begins = {"day": date_words(contract.from_on, DAY)}
    said = [_("It begins on %(day)s.") % begins]
    if contract.until_on:
        said.append(_("Its last day is %(day)s.") % {"day": date_words(contract.until_on, DAY)})
    if contract.notice_days:
        said.append(
            _("Either side may end it in writing, with %(days)d days’ notice.")
            % {"days": contract.notice_days}
        )
    else:
        said.append(_("Either side may end it in writing from one day to the next."))
    if contract.is_unpaid:
        said.append(_("When it ends, your access, your teams and your shifts end with it."))
    else:
        said.append(
            _("When it ends, your access, your teams and your shifts end with it; what you earned is paid.")
        )
    return said


def differences(before: Iterable[Section], after: Iterable[Section]) -> list[Difference]:
    """Section by section, what is gone and what is new. Nothing where both say the same."""
    old = {each["title"]: each["words"] for each in before}
    new = {each["title"]: each["words"] for each in after}
    found = []
    for title in [*new, *(each for each in old if each not in new)]:
        was, now = old.get(title, []), new.get(title, [])
        gone = tuple(each for each in was if each not in now)
        come = tuple(each for each in now if each not in was)
        if gone or come:
            found.append(Difference(title, gone, come))
    return found
