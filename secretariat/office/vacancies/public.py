"""A vacancy as everybody may read it."""

from dataclasses import dataclass

from secretariat.office import languages
from secretariat.office.models import Vacancy

from . import publishing


@dataclass(frozen=True)
class Page:
    """What its page says of hours, money and who engages."""

    vacancy: Vacancy
    hours: str
    money: str
    language: str
    through: str  # the outsourcing company; empty where the firm engages herself


def rows():
    """Those that are published, the newest first."""
    found = Vacancy.objects.filter(state=Vacancy.State.OPEN).select_related("partner")
    return found.order_by("-published_at", "-pk")


def page(vacancy: Vacancy) -> Page:
    return Page(
        vacancy,
        publishing.hours(vacancy),
        publishing.money(vacancy),
        languages.name_of(vacancy.language),
        vacancy.partner.name if vacancy.partner else "",
    )
