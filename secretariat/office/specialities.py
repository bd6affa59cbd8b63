"""Kinds of work that everybody tells alike: compared by their keys, whatever language a page is in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Speciality(models.TextChoices):
    TYPING = "typing", _("Typing and layout")
    MINUTES = "minutes", _("Minutes and reports")
    CORRESPONDENCE = "correspond", _("Correspondence")
    RESEARCH = "research", _("Research")
    FIGURES = "figures", _("Tables and figures")
    MEETINGS = "meetings", _("Meetings and travel")
    CALLS = "calls", _("Ringing people")
    WEBSITE = "website", _("Website")
    PROMOTION = "promotion", _("Promotion")
    OTHER = "other", _("Other work")


def nameable() -> list[tuple[str, str]]:
    """Those that say something of somebody."""
    return [each for each in Speciality.choices if each[0] != Speciality.OTHER]
