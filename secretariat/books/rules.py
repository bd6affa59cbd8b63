"""A plan's rules in words, as they stand beside each line of a bill. Pure but for translation."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.rounding import digits_of, places

from .plans import CHOSEN, OF_OUTCOMES, Measure, Plan, Unbilled
from .reckoning import Line, Of

MINUTE = 60


def money(amount: Decimal, currency: str, digits: int | None = None) -> str:
    """With its currency, and as many places as that has, as on a bill: 12.50 GBP."""
    digits = digits_of(currency) if digits is None else digits
    return f"{amount:,.{digits}f} {currency}"


def price(amount: Decimal, currency: str) -> str:
    """A price to the last place it has, at least to the cent: 0.085 GBP."""
    return money(amount, currency, places(amount, 2))


def length(seconds: int) -> str:
    """As billed time is written: 2 min 06 s, 1 h 02 min 06 s."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return _("%(h)d h %(m)02d min %(s)02d s") % {"h": hours, "m": minutes, "s": rest}
    if minutes:
        return _("%(m)d min %(s)02d s") % {"m": minutes, "s": rest}
    return _("%(s)d s") % {"s": rest}


def units(plan: Plan, n: int) -> str:
    """So many units of a plan: time, or pieces."""
    match plan.measure:
        case Measure.TIME:
            return length(n)
        case Measure.CALL:
            return ngettext("%(n)d call", "%(n)d calls", n) % {"n": n}
        case Measure.MESSAGE:
            return ngettext("%(n)d message", "%(n)d messages", n) % {"n": n}
    return ngettext("%(n)d task", "%(n)d tasks", n) % {"n": n}


def kind_words() -> dict[str, str]:
    """What each kind of time is called."""
    return {
        "ring": _("ringing"),
        "talk": _("talking"),
        "hold": _("on hold"),
        "asking": _("asking you"),
        "put_through": _("put through"),
        "wrap_up": _("wrap-up"),
        "check_in": _("your own calls for messages"),
        "mail": _("writing mail"),
        "letter": _("writing letters"),
        "dictation": _("typing dictation"),
        "post": _("handling post"),
        "request": _("answering what you ask for"),
        "other": _("other work"),
        "reading": _("reading and sorting mail"),
        "diary": _("work in the diary"),
        "desk": _("other work at the desk"),
    }


def because(reason: str) -> str:
    """Why something is not billed."""
    return {
        Unbilled.WRONG_NUMBER: _("wrong number"),
        Unbilled.SILENT: _("nobody spoke"),
        Unbilled.AUTOMATED: _("automated call"),
        Unbilled.BLOCKED: _("blocked caller"),
        Unbilled.TEST: _("test call"),
        Unbilled.LOOPED: _("came round in a loop"),
        Unbilled.LOST: _("hung up before an answer"),
        Unbilled.MISTAKE: _("our mistake"),
        Unbilled.OUTSIDE: _("not what this plan bills"),
        Unbilled.NOTHING: _("nothing in it counts"),
    }.get(reason, "")


def step(plan: Plan) -> str:
    """How a call's time is rounded."""
    if plan.step_seconds == 1:
        words = _("Each call is billed to the second; a second begun counts.")
    elif plan.step_seconds == MINUTE:
        words = _("Each call is billed in whole minutes; a minute begun counts.")
    else:
        words = _("Each call is billed in steps of %(n)d seconds; a step begun counts.") % {
            "n": plan.step_seconds
        }
    if plan.minimum_seconds:
        words += " " + _("An answered call is at least %(least)s.") % {"least": length(plan.minimum_seconds)}
    return words


def counting(plan: Plan) -> str:
    """Which kinds of time count and which do not."""
    names = kind_words()
    worked = ("talk", "asking", "check_in", "mail", "letter", "dictation", "post", "request", "other")
    on = [names[kind] for kind in worked]
    on += [names[kind] for kind in CHOSEN if kind in plan.counts]
    off = [names[kind] for kind in CHOSEN if kind not in plan.counts]
    words = _("Counts: %(kinds)s.") % {"kinds": ", ".join(on)}
    if off:
        words += " " + _("Does not count: %(kinds)s.") % {"kinds": ", ".join(off)}
    return words


def not_billed(plan: Plan) -> str:
    chosen = [each for each in OF_OUTCOMES if each in plan.not_billed or each == Unbilled.MISTAKE]
    return _("Never billed: %(what)s.") % {"what": ", ".join(because(each) for each in chosen)}


def percent(plan: Plan) -> dict[str, str]:
    return {"percent": f"{plan.discount_percent.normalize():f} %"}


def each_price(plan: Plan, amount: Decimal) -> str:
    what = {"price": price(amount, plan.currency)}
    return {
        Measure.TIME: _("%(price)s a minute"),
        Measure.CALL: _("%(price)s a call"),
        Measure.MESSAGE: _("%(price)s a message"),
        Measure.TASK: _("%(price)s a task"),
    }[plan.measure] % what


def in_words(plan: Plan) -> list[str]:
    """The whole plan, a sentence or two for each rule."""
    say = [_("Usage: %(price)s.") % {"price": each_price(plan, plan.beyond)}]
    if plan.measure == Measure.TIME:
        say += [step(plan), counting(plan)]
    say.append(not_billed(plan))
    if plan.retainer:
        say.append(
            _("Retainer: %(sum)s a month.") % {"sum": money(plan.retainer, plan.currency, plan.digits)}
        )
    if plan.included:
        say.append(_("Included each month: %(units)s.") % {"units": units(plan, plan.included)})
        say.append(
            _("What is not used lasts one month more and is used first.")
            if plan.roll_over
            else _("What is not used in a month ends with it.")
        )
    fees = (
        (plan.monthly_fee, _("Fixed fee: %(sum)s a month.")),
        (plan.annual_fee, _("Yearly fee: %(sum)s, in the month of its anniversary.")),
        (plan.set_up_fee, _("Set-up fee, once: %(sum)s.")),
    )
    say += [words % {"sum": money(fee, plan.currency, plan.digits)} for fee, words in fees if fee]
    if plan.through_price and "put_through" not in plan.counts:
        say.append(
            _("Passed on: %(price)s a minute put through, to the second.")
            % {"price": price(plan.through_price, plan.currency)}
        )
    if plan.text_price:
        say.append(
            _("Passed on: %(price)s a text message.") % {"price": price(plan.text_price, plan.currency)}
        )
    say += commission(plan)
    if plan.discount_percent:
        say.append(
            _("Discount: %(percent)s off retainer, usage, and monthly and yearly fees.") % percent(plan)
        )
    say.append(_("Part of a month costs, and includes, its share by days."))
    return say


def commission(plan: Plan) -> list[str]:
    """What is owed for what comes of the work."""
    amounts = (
        (plan.meeting_price, _("Commission: %(sum)s for each meeting booked.")),
        (plan.lead_price, _("Commission: %(sum)s for each lead.")),
    )
    found = [words % {"sum": money(sum_, plan.currency, plan.digits)} for sum_, words in amounts if sum_]
    if plan.order_percent:
        percent = {"percent": f"{plan.order_percent.normalize():f} %"}
        found.append(_("Commission: %(percent)s of what each order is worth.") % percent)
    return found


def earned(kind: str, its: Iterable[tuple[Plan, date]]) -> str:
    """By what each of one kind is owed: by its plan, whose first day is said where plans differ."""
    said: list[str] = []
    before = ""
    for plan, from_on in its:
        each = _of_each(kind, plan)
        if each != before:
            facts = {"each": each, "day": date_words(from_on, "j F Y")}
            said.append(_("From %(day)s: %(each)s.") % facts if before else _("%(each)s.") % facts)
        before = each
    return " ".join(said)


def _of_each(kind: str, plan: Plan) -> str:
    if kind == "order":
        percent = {"percent": f"{plan.order_percent.normalize():f} %"}
        return _("%(percent)s of what each order is worth") % percent
    if kind == "lead":
        return _("%(sum)s for each lead") % {"sum": money(plan.lead_price, plan.currency, plan.digits)}
    each = {"sum": money(plan.meeting_price, plan.currency, plan.digits)}
    return _("%(sum)s for each meeting booked") % each


def words(line: Line) -> str:
    """What a line is for."""
    if line.of == Of.EXTRA or line.of == Of.CREDIT:
        return line.words
    return {
        Of.RETAINER: _("Retainer"),
        Of.USAGE: _("Usage"),
        Of.NOT_BILLED: _("Not billed"),
        Of.THROUGH: _("Calls put through, passed on"),
        Of.TEXTS: _("Text messages, passed on"),
        Of.MONTHLY: _("Fixed fee"),
        Of.ANNUAL: _("Yearly fee"),
        Of.SET_UP: _("Set-up fee"),
        Of.CAP: _("Above your limit, not billed"),
        Of.DISCOUNT: _("Discount"),
    }[line.of]


def quantity(line: Line) -> str:
    if line.of == Of.EXTRA:
        return str(line.quantity) if line.quantity else ""
    if line.stretch is None or line.of in (Of.CAP, Of.DISCOUNT):
        return ""
    plan, n = line.stretch.plan, line.quantity
    match line.of:
        case Of.USAGE:
            return units(plan, n)
        case Of.THROUGH:
            return length(n)
        case Of.TEXTS | Of.NOT_BILLED:
            return str(n)
        case Of.RETAINER | Of.MONTHLY if line.stretch.share != 1:
            return _("%(n)d of %(of)d days") % {"n": line.stretch.days, "of": line.stretch.of_days}
    return ""


def rule(line: Line, cap: Decimal | None = None, digits: int = 2) -> str:
    """How its amount was reckoned. `digits`: places of the bill's currency."""
    if line.rule:
        return line.rule
    if line.of == Of.EXTRA and line.charges:
        return _("As it was paid.")
    if line.stretch is None:
        if line.of == Of.CAP and cap is not None:
            limit = {"cap": f"{cap:,.{digits}f}"}
            return _("Your limit a month for usage and costs passed on is %(cap)s.") % limit
        return ""
    plan = line.stretch.plan
    match line.of:
        case Of.USAGE:
            return _usage(line, plan)
        case Of.NOT_BILLED:
            return not_billed(plan)
        case Of.THROUGH:
            return _("%(price)s a minute, to the second.") % {
                "price": price(plan.through_price, plan.currency)
            }
        case Of.TEXTS:
            each = {"price": price(plan.text_price, plan.currency)}
            return _("%(price)s each, however long it is.") % each
        case Of.RETAINER | Of.MONTHLY:
            fee = plan.retainer if line.of == Of.RETAINER else plan.monthly_fee
            return _("%(sum)s for a whole month.") % {"sum": money(fee, plan.currency, plan.digits)}
        case Of.ANNUAL:
            return _("Due once a year, in the month in which the first plan began.")
        case Of.SET_UP:
            return _("Due once.")
        case Of.DISCOUNT:
            percent = f"{plan.discount_percent.normalize():f}"
            return _("{percent} % off retainer, usage, and monthly and yearly fees.").replace(
                "{percent}", percent
            )
    return ""


def _usage(line: Line, plan: Plan) -> str:
    say = []
    free = sum(each.free for each in line.charges)
    if line.included or line.carried:
        say.append(_("Included: %(units)s.") % {"units": units(plan, line.included)})
        if line.carried:
            say.append(
                _("Carried over from the month before: %(units)s.") % {"units": units(plan, line.carried)}
            )
        say.append(
            _("Used of these: %(free)s; beyond: %(rest)s at %(price)s.")
            % {
                "free": units(plan, free),
                "rest": units(plan, line.quantity - free),
                "price": each_price(plan, plan.beyond),
            }
        )
    else:
        say.append(_("%(price)s.") % {"price": each_price(plan, plan.beyond)})
    if plan.measure == Measure.TIME:
        say += [step(plan), counting(plan)]
    return " ".join(say)
