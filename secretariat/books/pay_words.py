"""A statement's lines in words. Pure but for translation."""

from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.office.contracts import wording
from secretariat.office.pay import By, Line, Of

from .rules import length


def what(line: Line, currency: str) -> str:
    """What a line is for: the sentence of the contract, or ours."""
    if line.of in (Of.EXTRA, Of.BRIEF, Of.EXPENSE):
        return line.words
    if line.of == Of.DAYS_OFF:
        return wording.benefit_names()[line.words]
    if line.of == Of.CARRIED:
        return line.words or _("Taken over to the next statement")
    if line.of == Of.TOP_UP:
        return _("Made up to the least that was agreed")
    if line.term is not None:
        return wording.term(line.term, currency, line.agreed.digits).rstrip(".")
    return {
        Of.NOT_BY_TIME: _("Time that this contract does not pay by the hour"),
        Of.TRIAL: _("Unpaid trial work"),
        Of.COMMISSION: _("Reported, and not part of this contract"),
    }[line.of]


def rule(line: Line, currency: str, step: str) -> str:
    """How it was reckoned. `step`: in words, how time is rounded."""
    match line.of:
        case Of.TIME:
            return _("Time is paid %(step)s. What runs at once counts once.") % {"step": step}
        case Of.BONUS if line.term.by == By.KEPT:
            return _("All shifts that were planned in these days.")
        case Of.BONUS if line.term.by == By.QUALITY:
            average = {"percent": f"{line.base.normalize():f} %"}
            return _("On average %(percent)s in the results of these days.") % average
        case Of.LANGUAGE:
            return _("On top of what the hour is paid, in whole seconds of each interval.")
        case Of.WAITING:
            return _("Time on shift without breaks and without what is paid as work, in whole seconds.")
        case Of.DAYS_OFF:
            return wording.term(line.term, currency, line.agreed.digits) + " " + _("As many as were earned.")
        case Of.FIXED:
            return _("Part of a week, month or year counts by its days.")
        case Of.TOP_UP:
            return wording.term(line.term, currency, line.agreed.digits)
        case Of.COMMISSION if line.base is not None:
            base = {"sum": wording.money(line.base, currency, line.agreed.digits)}
            return _("Of %(sum)s that these are worth together.") % base
        case Of.COMMISSION if line.term is not None:
            return _("Each that the firm has said counts, once.")
        case Of.DISCOUNT:
            return _taken_off(line, currency)
        case Of.EXTRA if line.corrects:
            first, last = (date_words(day, wording.DAY) for day in line.corrects)
            return _("Puts the statement of %(first)s – %(last)s right.") % {"first": first, "last": last}
        case Of.CARRIED if line.amount > 0:
            return _("More is taken off than there is to be paid. What is left is taken off another time.")
    return ""


def _taken_off(line: Line, currency: str) -> str:
    said = []
    if line.base is None:
        said.append(_("Part of a week or month counts by its days."))
    else:
        base = {"sum": wording.money(line.base, currency, line.agreed.digits)}
        said.append(_("Of %(sum)s.") % base)
        if line.term.hours:
            said.append(_("The day on which the hours are reached is the last that counts."))
    if line.is_held:
        said.append(_("No more, so that your pay is not below nought, nor below the least that was agreed."))
    return " ".join(said)


def quantity(line: Line) -> str:
    """How much of it."""
    n = line.quantity
    match line.of:
        case Of.ODD_HOURS:
            return ngettext("%(n)d shift", "%(n)d shifts", n) % {"n": n}
        case Of.BONUS if line.term.by == By.KEPT:
            return ngettext("%(n)d shift", "%(n)d shifts", n) % {"n": n}
        case Of.BONUS if line.term.by == By.QUALITY:
            return ngettext("%(n)d result", "%(n)d results", n) % {"n": n}
        case Of.LANGUAGE:
            return length(n)
        case Of.TIME | Of.NOT_BY_TIME | Of.TRIAL | Of.WAITING | Of.BONUS:
            return length(n)
        case Of.FIXED | Of.TOP_UP | Of.DAYS_OFF:
            return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}
        case Of.PIECES:
            return ngettext("%(n)d piece", "%(n)d pieces", n) % {"n": n}
        case Of.COMMISSION:
            return ngettext("%(n)d time", "%(n)d times", n) % {"n": n}
    return ""
