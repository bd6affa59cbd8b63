"""What the books' pieces of work are called, and where they are done."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.work import Work

from . import limiting, owing, suspending, telling
from .agreements import asking
from .briefs import ended_contracts, milestones
from .models import Milestone, Question


def _question(item):
    found = Question.objects.filter(pk=item.subject_id).first()
    return Work(item.because, reverse("books-bill", args=[found.bill_id]) if found else "")


def _milestone(item):
    found = Milestone.objects.filter(pk=item.subject_id).select_related("brief").first()
    if found is None:
        return Work(item.because)
    return Work(f"{found.brief.title}: {found.title}", reverse("my-brief", args=[found.brief_id]))


def _disputed(item):
    found = Milestone.objects.filter(pk=item.subject_id).first()
    return Work(item.because, reverse("brief", args=[found.brief_id]) if found else "")


def _ends_when_handed_in(item):
    """A milestone that is still hers to do; the row that is gone or over is nobody's any more."""
    if not Milestone.objects.filter(pk=item.subject_id, state=Milestone.State.OPEN).exists():
        return ""
    return _("It ends when you hand it in, on the page of the work: only then does the client read it.")


def _ends_when_settled(item):
    if not Milestone.objects.filter(pk=item.subject_id, state=Milestone.State.DISPUTED).exists():
        return ""
    return _("It ends when you say which part of it stands, on the page of the brief.")


hers_alone = {
    milestones.MILESTONE: gettext_lazy("It was given on a proposal, and stays with whoever made it.")
}
ends_by = {milestones.MILESTONE: _ends_when_handed_in, milestones.DISPUTED: _ends_when_settled}
describe = {
    milestones.MILESTONE: _milestone,
    milestones.DISPUTED: _disputed,
    ended_contracts.WITHOUT_HER: lambda item: Work(item.because, reverse("brief", args=[item.subject_id])),
    owing.QUESTIONED: _question,
    telling.UNPAID: lambda item: Work(item.because, reverse("books-bill", args=[item.subject_id])),
    asking.ASKED: lambda item: Work(item.because, reverse("agreement", args=[item.subject_id])),
    suspending.UNTOLD: lambda item: Work(item.because, reverse("books-suspension", args=[item.subject_id])),
    suspending.BEGUN: lambda item: Work(item.because, reverse("books-suspension", args=[item.subject_id])),
    limiting.LIMITED: lambda item: Work(item.because, reverse("books-account", args=[item.subject_id])),
    telling.NOBODY: lambda item: Work(item.because, reverse("books-account", args=[item.subject_id])),
    telling.USED: lambda item: Work(item.because, reverse("books-plan", args=[item.subject_id])),
}
