"""Kinds of work, and how well a skill is known, as everybody tells them alike.

They are compared by their keys, whatever language a page is in.
"""

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


class SkillLevel(models.IntegerChoices):
    BASIC = 1, _("with help")
    GOOD = 2, _("on her own")
    EXPERT = 3, _("shows others how")


def at_level(skill: str, level: int | None) -> str:
    """A skill and how well it is known, where that is said: Spreadsheets (on her own)."""
    return f"{skill} ({SkillLevel(level).label})" if level else skill
