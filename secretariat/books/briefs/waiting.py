"""What of a piece of work by proposal waits for the client's answer."""

from django.utils.translation import gettext as _

from secretariat.books.models import Brief, BriefTerms, Milestone, Proposal, Side


def for_client(brief: Brief) -> str:
    """The most pressing thing that waits for it, in words; empty where nothing does.

    A question waits while proposals are made; later only that of whoever has the work.
    """
    brief = Brief.objects.get(pk=brief.pk)  # as it stands now
    if brief.is_over:
        return ""
    questions = brief.questions.filter(answered_at=None)
    proposals = brief.proposals.filter(state=Proposal.State.MADE)
    if brief.is_given:
        chosen = brief.proposals.filter(state=Proposal.State.CHOSEN)
        questions = questions.filter(asked_by__in=chosen.values("secretary"))
    waiting = (
        (brief.milestones.filter(state=Milestone.State.HANDED_IN), _("A milestone is handed in")),
        (
            brief.terms.filter(state=BriefTerms.State.ASKED, asked_of=Side.SECRETARY),
            _("A change is asked for"),
        ),
        (proposals, _("A proposal for your brief")),
        (questions, _("A question about your brief")),
    )
    return next((words for rows, words in waiting if rows.exists()), "")
