"""The usual skills, which a firm has from its first day, and those that somebody here has."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from secretariat.office.models import SecretarySkill, Skill

Area = Skill.Area


def usual() -> list[tuple[str, str]]:
    """(area, name), in the language that is spoken just now: from then on the firm's own words."""
    return [
        (Area.CALLERS, _("Customer service on the telephone")),
        (Area.CALLERS, _("Taking orders")),
        (Area.CALLERS, _("Handling complaints")),
        (Area.CALLERS, _("Ringing people for a client")),
        (Area.WRITING, _("Keeping a diary")),
        (Area.WRITING, _("Letters and mail in a client’s name")),
        (Area.WRITING, _("Typing from dictation")),
        (Area.WRITING, _("Minutes of meetings")),
        (Area.WRITING, _("Booking travel")),
        (Area.WRITING, _("Book-keeping to hand over")),
        (Area.SOFTWARE, _("Microsoft Word")),
        (Area.SOFTWARE, _("Microsoft Excel")),
        (Area.SOFTWARE, _("Microsoft PowerPoint")),
        (Area.SOFTWARE, _("Microsoft Outlook")),
        (Area.SOFTWARE, _("Google Workspace")),
        (Area.SOFTWARE, _("LibreOffice")),
        (Area.SOFTWARE, _("A customer database (CRM)")),
        (Area.SOFTWARE, _("An online shop")),
    ]


def put_in_the_usual() -> int:
    """Those that are not there yet. Returns how many. What the firm has renamed or added stays."""
    there = {name.casefold() for name in Skill.objects.values_list("name", flat=True)}
    new = [Skill(name=name, area=area) for area, name in usual() if name.casefold() not in there]
    Skill.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def known_here(rows: QuerySet[Skill] | None = None) -> QuerySet[Skill]:
    """Those that somebody who may sign in has: what nobody can do, nobody need ask for."""
    theirs = SecretarySkill.objects.filter(secretary__user__is_active=True)
    rows = Skill.objects.all() if rows is None else rows
    return rows.filter(pk__in=theirs.values("skill")).order_by("name")


def by_area(rows: QuerySet[Skill]) -> list[tuple[str, list[tuple[str, str]]]]:
    """(area, [(id, name), …]) as a select shows them under their headings."""
    found: dict[str, list[tuple[str, str]]] = {area.label: [] for area in Area}
    for each in rows.order_by("name"):
        found[Area(each.area).label].append((str(each.pk), each.name))
    return [(label, choices) for label, choices in found.items() if choices]
