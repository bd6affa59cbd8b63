"""A vacancy as everybody may read it."""

from dataclasses import dataclass

from django.db.models import Q

from secretariat import clock
from secretariat.office import languages
from secretariat.office.models import Firm, Vacancy

from . import publishing


@dataclass(frozen=True)
class Page:
    """What its page says of hours, money and who engages."""

    vacancy: Vacancy
    hours: str
    money: str
    paid: str
    language: str
    through: str  # the outsourcing company; empty where the firm engages herself


def rows():
    """Those that are published and whose last day has not passed where the firm is, the newest first."""
    still = Q(until_on=None) | Q(until_on__gte=Firm.day(clock.now()))
    found = Vacancy.objects.filter(still, state=Vacancy.State.OPEN).select_related("partner")
    return found.order_by("-published_at", "-pk")


def page(vacancy: Vacancy) -> Page:
    return Page(
        vacancy,
        publishing.hours(vacancy),
        publishing.money(vacancy),
        publishing.paid(vacancy),
        languages.name_of(vacancy.language),
        vacancy.partner.name if vacancy.partner else "",
    )
