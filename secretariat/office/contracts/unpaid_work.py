"""Which work the terms of a contract pay nothing for: its paper says so. Calls are never among it. Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from secretariat.office.pay import CALL, MAIL, By, Term

WHATEVER_SHE_DOES = (By.FIXED, By.LEAST)


def _covers_all(terms: Sequence[Term]) -> bool:
    return any(term.by in WHATEVER_SHE_DOES or (term.by == By.HOUR and not term.of) for term in terms)


def _pays(terms: Sequence[Term], of: str) -> bool:
    return any(term.by in (By.HOUR, By.PIECE) and term.of == of for term in terms)


def sentence(terms: Sequence[Term], nought: str) -> str:
    """What comes to `nought` under these, in plain words; empty where an hour of anything is paid for."""
    if _covers_all(terms):
        return ""
    calls, mail = not _pays(terms, CALL), not _pays(terms, MAIL)
    if calls and mail:
        said = _("Calls, mail and other work not named above: %(sum)s under this contract.")
    elif calls:
        said = _("Calls and other work not named above: %(sum)s under this contract.")
    elif mail:
        said = _("Mail and other work not named above: %(sum)s under this contract.")
    else:
        said = _("Other work not named above: %(sum)s under this contract.")
    return said % {"sum": nought}


def why_not_offered(terms: Sequence[Term]) -> str:
    """Whoever is on a team is given calls: something pays for them. In words; empty where something does."""
    if _covers_all(terms) or _pays(terms, CALL):
        return ""
    return _(
        "Nothing in it pays for calls. Name an amount for an hour at work or for each call, or a fixed or "
        "least amount."
    )
