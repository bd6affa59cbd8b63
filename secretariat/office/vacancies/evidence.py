"""What there is to go by when a step is settled: what the office knows, and the packages above it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.office.contracts import holding
from secretariat.office.models import Application, Contract, LineTest, Referee, Secretary, Step
from secretariat.office.profiles import proving

from . import known
from .known import Known

Kind, Signing = Step.Kind, Contract.State
NOT_JOINED = (Kind.CONTRACT, Kind.TERMS, Kind.PRACTICE, Kind.FIRST_CALLS)


def of(application: Application, *, at: datetime) -> dict[Kind, Known]:
    """By step."""
    secretary = application.secretary
    found = {
        Kind.REFERENCES: _of_referees(list(application.named.all())),
        Kind.CHECKS: _of_papers(application),
        Kind.TYPING: _of_typing(secretary or application),
        Kind.HOME: _of_her_line(secretary),
    }
    if secretary is None:
        not_yet = Known(_("She has not joined yet."))
        return found | dict.fromkeys(NOT_JOINED, not_yet)
    return found | {Kind.CONTRACT: _of_contract(secretary, at)} | known.of(secretary, at=at)


def _of_referees(rows: Iterable[Referee]) -> Known:
    rows = list(rows)
    if not rows:
        return Known("")
    told = [each for each in rows if each.answered_at and each.again != Referee.Again.SILENT]
    words = ngettext("%(n)s of %(of)s has answered.", "%(n)s of %(of)s have answered.", len(told))
    return Known(words % {"n": len(told), "of": len(rows)}, is_done=bool(told))


def _of_papers(application: Application) -> Known:
    handed_in = application.papers.filter(kind="identity").exists()
    return Known(
        _("She has handed in a paper that says who she is.") if handed_in else _("No paper of hers is here."),
        is_done=handed_in,
    )


def _of_typing(whose: Secretary | Application) -> Known:
    typed = proving.typing_of(whose)
    if typed is None:
        return Known(_("She has not done the test yet."))
    words = {"speed": typed.newest.words_a_minute, "right": typed.newest.accuracy, "goes": typed.goes}
    said = _("%(speed)s correct words a minute, %(right)s %% right; goes: %(goes)s.")
    return Known(said % words, is_done=True)


def _of_contract(secretary: Secretary, at: datetime) -> Known:
    today = holding.today(secretary, at)
    if held := holding.of(secretary, today):
        return Known(f"{held.get_state_display()}.", is_done=True)
    hers = Contract.objects.filter(secretary=secretary)
    if later := hers.signed().filter(from_on__gt=today).order_by("from_on").first():
        day = date_words(later.from_on, "j F Y")
        words = _("%(signed)s. It holds from %(day)s: before that she takes no calls.")
        return Known(words % {"signed": later.get_state_display(), "day": day}, is_done=True)
    newest = hers.order_by("-version").first()
    if newest and newest.state == Signing.ACCEPTED and newest.waits_for_company:
        words = _("She has signed; %(company)s has not signed yet, and then the firm does.")
        return Known(words % {"company": newest.partner})
    return Known(
        {
            Signing.OFFERED: _("It is offered, and she has not signed yet."),
            Signing.ACCEPTED: _("She has signed; the firm has not signed yet."),
            Signing.DECLINED: _("She has declined what was offered."),
            Signing.SIGNED: _("The contract that both had signed is over."),
        }.get(Signing(newest.state) if newest else Signing.DRAFT, _("No contract is offered yet."))
    )


def _of_her_line(secretary: Secretary | None) -> Known:
    at_home = bool(secretary and secretary.rings_at_home)
    said = (
        _("Her own telephone answered, and is verified.")
        if at_home
        else _("Her own telephone is not verified.")
    )
    test = LineTest.objects.filter(secretary=secretary).first() if secretary else None
    if test is None:
        return Known(_("%(telephone)s She has not tried her line yet.") % {"telephone": said}, at_home)
    if not test.is_measured:
        return Known(_("%(telephone)s Her line was not measured.") % {"telephone": said}, at_home)
    words = {"telephone": said, "ms": test.trip_ms, "n": test.lost}
    if test.is_good:
        good = _("%(telephone)s Her line is good: %(ms)s ms there and back.")
        return Known(good % words, is_done=True)
    poor = _("%(telephone)s Her line is not good yet: %(ms)s ms there and back, %(n)s of 20 lost.")
    return Known(poor % words, at_home)
