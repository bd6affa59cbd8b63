"""What clients know of somebody who learns: terms she has accepted, and practice calls talked through."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.office.models import Secretary, Step
from secretariat.office.vacancies.known import Known, Line

from .confidentiality import terms
from .models import Assignment, Practice, TermsAcceptance

AT_MOST = 12  # practice calls that are shown beside the step


def known(secretary: Secretary, *, at: datetime) -> dict[Step.Kind, Known]:
    return {Step.Kind.TERMS: _of_terms(secretary), Step.Kind.PRACTICE: _of_practice(secretary)}


def _of_terms(secretary: Secretary) -> Known:
    hers = Assignment.objects.filter(secretary=secretary, until_at=None)
    clients = dict(hers.order_by("client__name").values_list("client", "client__name"))
    accepted = TermsAcceptance.objects.filter(secretary=secretary).exists()
    if not clients:
        words = _("She is on no client’s team yet.")
        return Known(f"{words} {_('She has accepted terms.')}" if accepted else words, is_done=accepted)
    waiting = set(terms.waiting(secretary).values_list("client", flat=True))
    if waiting:
        names = ", ".join(name for pk, name in clients.items() if pk in waiting)
        return Known(_("Not accepted yet: the terms of %(clients)s.") % {"clients": names})
    names = ", ".join(clients.values())
    if accepted:
        return Known(_("Accepted, for %(clients)s.") % {"clients": names}, is_done=True)
    return Known(_("%(clients)s: no terms are asked for.") % {"clients": names}, is_done=True)


def _of_practice(secretary: Secretary) -> Known:
    rows = list(Practice.objects.filter(secretary=secretary))
    if not rows:
        return Known(_("She has not practised yet."))
    talked, well = [each for each in rows if each.judged_at], [each for each in rows if each.went_well]
    words = ngettext("%(n)s practice call", "%(n)s practice calls", len(rows)) % {"n": len(rows)}
    counts = {"words": words, "talked": len(talked), "well": len(well)}
    said = _("%(words)s; talked through: %(talked)s, well enough for a real call: %(well)s.") % counts
    return Known(said, bool(well), tuple(_line(each) for each in rows[:AT_MOST]))


def _line(practice: Practice) -> Line:
    url = reverse("practice-of", args=[practice.pk])
    return Line(practice.begun_at, practice.copy["name"], url, bool(practice.went_well))
