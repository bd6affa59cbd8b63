"""What the books' pieces of work are called, and where they are done."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.work import Work

from . import after_issue, asked_pay, limiting, outcomes, owing, suspending, telling
from .agreements import asking, promise, word
from .briefs import ended_contracts, milestones, noticing, noting, writing
from .briefs import telling as brief_telling
from .models import (
    BillItem,
    Brief,
    ClosingNote,
    HoursQuestion,
    LeavingStep,
    Milestone,
    Question,
    Remark,
    Week,
)
from .supervision import first_calls, reminding, supervising
from .supervision.telling import of_week


def _question(item):
    found = Question.objects.filter(pk=item.subject_id).first()
    return Work(item.because, reverse("books-bill", args=[found.bill_id]) if found else "")


def _part_of_bill(item):
    found = BillItem.objects.filter(pk=item.subject_id).select_related("line").first()
    return Work(item.because, reverse("books-bill", args=[found.line.bill_id]) if found else "")


def _agreement(item):
    return Work(item.because, reverse("agreement", args=[item.subject_id]))


def _brief(item):
    return Work(item.because, reverse("brief", args=[item.subject_id]))


def _milestone(item):
    found = Milestone.objects.filter(pk=item.subject_id).select_related("brief").first()
    if found is None:
        return Work(item.because)
    return Work(f"{found.brief.title}: {found.title}", reverse("my-brief", args=[found.brief_id]))


def _disputed(item):
    found = Milestone.objects.filter(pk=item.subject_id).first()
    return Work(item.because, reverse("brief", args=[found.brief_id]) if found else "")


def _words(item):
    """Where it was written, and is answered."""
    return Work(item.because, reverse("proposal-words", args=[item.subject_id]))


def _rather_not(item):
    found = ClosingNote.objects.filter(pk=item.subject_id).first()
    return Work(item.because, reverse("brief", args=[found.brief_id]) if found else "")


def _hers(item):
    """At her own desk; where it has come back from her, the firm reads of what it is."""
    return Work(item.because, reverse("my-supervision")) if item.owner_id else _of_her(item)


def _of_her(item):
    row = _said(item)
    return Work(item.because, reverse("supervision-of", args=[row.secretary_id]) if row else "")


def _said(item) -> HoursQuestion | Remark | None:
    rows = HoursQuestion.objects if item.subject_kind == supervising.QUESTION else Remark.objects
    return rows.filter(pk=item.subject_id).first()


def _her_week(item):
    week = Week.objects.filter(pk=item.subject_id).first()
    if week is None:
        return Work(item.because)
    return Work(item.because, of_week(week.starts_on) if item.owner_id else _page_of(week))


def _week_of_her(item):
    week = Week.objects.filter(pk=item.subject_id).first()
    return Work(item.because, _page_of(week) if week else "")


def _page_of(week: Week) -> str:
    page = reverse("books-week", args=[week.secretary_id])
    return f"{page}?week={week.starts_on.isoformat()}"


def _ends_when_answered(item):
    if item.owner_id and HoursQuestion.objects.filter(pk=item.subject_id, answered_at=None).exists():
        return _("It ends when you answer, under “My work, as it is seen”.")
    return ""


def _ends_when_said(item):
    row = Remark.objects.filter(pk=item.subject_id).first()
    if item.owner_id and row and row.wants_an_answer:
        return _("It ends when you say how you see it, under “My work, as it is seen”.")
    return ""


def _ends_when_confirmed(item):
    if item.owner_id and Week.objects.filter(pk=item.subject_id, state=Week.State.OPEN).exists():
        return _("It ends when you confirm the week, under “My time”.")
    return ""


def _ends_when_approved(item):
    if Week.objects.filter(pk=item.subject_id, state=Week.State.CONFIRMED).exists():
        return _("It ends when the week is approved or sent back.")
    return ""


def _ends_when_handed_in(item):
    """A milestone that is still hers to do; the row that is gone or over is nobody's any more."""
    if not Milestone.objects.filter(pk=item.subject_id, state=Milestone.State.OPEN).exists():
        return ""
    return _("It ends when you hand it in, on the page of the work: only then does the client read it.")


def _ends_when_it_goes_on(item):
    """What is worked on it is settled by somebody: it is not let lie by a word in the list."""
    if not Brief.objects.filter(pk=item.subject_id, state=Brief.State.GIVEN).exists():
        return ""
    return _("It ends when she may go on with it, or when you end the work on the page of the brief.")


def _ends_when_worked_off(item):
    if not LeavingStep.objects.filter(agreement=item.subject_id, done_at=None).exists():
        return ""
    return _("It ends when each thing on the list is done, on the page of the agreement.")


def _ends_when_settled(item):
    if not Milestone.objects.filter(pk=item.subject_id, state=Milestone.State.DISPUTED).exists():
        return ""
    return _("It ends when you say which part of it stands, or give it back, on the page of the brief.")


def _ends_when_gone_through(item):
    return _("It ends when you say that you have gone through it with her, on her page under Applicants.")


OF_HER_WORK = gettext_lazy("It is about her own hours and work: nobody else can answer for her.")
hers_alone = {
    milestones.MILESTONE: gettext_lazy("It was given on a proposal, and stays with whoever made it."),
    supervising.ASKED: OF_HER_WORK,
    supervising.COMPLAINT: OF_HER_WORK,
    supervising.TRAINING: OF_HER_WORK,
    reminding.TO_CONFIRM: OF_HER_WORK,
    reminding.SENT_BACK: OF_HER_WORK,
}
ends_by = {
    milestones.MILESTONE: _ends_when_handed_in,
    milestones.DISPUTED: _ends_when_settled,
    ended_contracts.WITHOUT_HER: _ends_when_it_goes_on,
    word.LEAVING: _ends_when_worked_off,
    first_calls.KIND: _ends_when_gone_through,
    supervising.ASKED: _ends_when_answered,
    supervising.COMPLAINT: _ends_when_said,
    reminding.TO_CONFIRM: _ends_when_confirmed,
    reminding.SENT_BACK: _ends_when_confirmed,
    reminding.TO_APPROVE: _ends_when_approved,
}
describe = {
    supervising.ASKED: _hers,
    supervising.COMPLAINT: _hers,
    supervising.TRAINING: _hers,
    supervising.ANSWERED: _of_her,
    supervising.HER_WORD: _of_her,
    supervising.OVERDUE: _of_her,
    reminding.TO_CONFIRM: _her_week,
    reminding.SENT_BACK: _her_week,
    reminding.TO_APPROVE: _week_of_her,
    milestones.MILESTONE: _milestone,
    milestones.DISPUTED: _disputed,
    noting.RATHER_NOT: _rather_not,
    **dict.fromkeys((writing.ASKED, brief_telling.WORD_FOR_CLIENT), _words),
    **dict.fromkeys(
        (
            *(ended_contracts.WITHOUT_HER, brief_telling.FOR_CLIENT),
            *(noticing.NOBODY, noticing.SILENT, noticing.PAST),
        ),
        _brief,
    ),
    first_calls.KIND: lambda item: Work(item.because, reverse("calls-record", args=[item.subject_id])),
    outcomes.LOOK_AGAIN: lambda item: Work(item.because, reverse("outcomes")),
    owing.QUESTIONED: _question,
    asked_pay.WAITS: lambda item: Work(item.because, reverse("pay-runs")),
    after_issue.CORRECTED: lambda item: Work(item.because, reverse("books-bill", args=[item.subject_id])),
    after_issue.MOVED: lambda item: Work(item.because, reverse("books-bill", args=[item.subject_id])),
    after_issue.NOT_POSTED: _part_of_bill,
    telling.UNPAID: lambda item: Work(item.because, reverse("books-bill", args=[item.subject_id])),
    asking.ASKED: _agreement,
    word.ANSWERED_BY_CLIENT: _agreement,
    word.LEAVING: _agreement,
    promise.MISSED: _agreement,
    suspending.UNTOLD: lambda item: Work(item.because, reverse("books-suspension", args=[item.subject_id])),
    suspending.BEGUN: lambda item: Work(item.because, reverse("books-suspension", args=[item.subject_id])),
    limiting.LIMITED: lambda item: Work(item.because, reverse("books-account", args=[item.subject_id])),
    telling.NOBODY: lambda item: Work(item.because, reverse("books-account", args=[item.subject_id])),
    telling.USED: lambda item: Work(item.because, reverse("books-plan", args=[item.subject_id])),
    telling.NEAR_LIMIT: lambda item: Work(item.because, reverse("books-plan", args=[item.subject_id])),
}
