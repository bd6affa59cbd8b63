"""What work by proposal holds of people: its words for two years, its amounts as long as accounts."""

from django.utils.translation import gettext_lazy as _

from secretariat import media
from secretariat.media.models import MediaFile
from secretariat.office.personal import EMPLOYMENT
from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .models import (
    Brief,
    BriefCharge,
    BriefFile,
    BriefInvitation,
    BriefQuestion,
    BriefTerms,
    BriefWord,
    ClosingNote,
    Milestone,
    MilestoneWord,
    Proposal,
    ProposedPart,
)
from .personal import ACCOUNTS

TWO_YEARS = 730


def forget_files(rows) -> None:
    """Their bytes and keys go, and then the rows."""
    ids = list(rows.values_list("media_id", flat=True))
    for file in MediaFile.objects.filter(pk__in=ids, deleted_at=None):
        media.remove(file)
    rows.delete()


BRIEFS = Rule(
    "briefs",
    Then.EMPTIED,
    since=_("the work was over, or taken back"),
    days=TWO_YEARS,
    over=lambda before: Brief.objects.filter(ended_at__lt=before),
)
BRIEF_FILES = Rule(
    "brief_files",
    Then.DELETED,
    since=_("the work was over, or taken back"),
    days=TWO_YEARS,
    over=lambda before: BriefFile.objects.filter(brief__ended_at__lt=before),
    doing=forget_files,
)

personal(Brief, "outcome ended_because", what=_("what a client wanted done"), whose=Whose.CLIENT, rule=BRIEFS)
personal(
    Brief, "title", what=_("what it was called, as it stands on a bill"), whose=Whose.CLIENT, rule=ACCOUNTS
)
personal(
    BriefQuestion,
    "words",
    what=_("what was asked about a brief"),
    whose=Whose.SECRETARY,
    rule=BRIEFS,
    path="brief",
)
personal(
    BriefQuestion,
    "answer",
    what=_("what was answered"),
    whose=Whose.CLIENT,
    rule=BRIEFS,
    path="brief",
    becomes="–",
)
personal(
    Proposal,
    "approach",
    what=_("what a secretary said she would do"),
    whose=Whose.SECRETARY,
    rule=BRIEFS,
    path="brief",
)
personal(
    BriefTerms,
    "words parts because",
    what=_("what was agreed of the work, version by version"),
    whose=Whose.CLIENT,
    rule=BRIEFS,
    path="brief",
)
personal(
    MilestoneWord,
    "words",
    what=_("what was said of a milestone"),
    whose=Whose.ANYONE,
    rule=BRIEFS,
    path="milestone__brief",
)
personal(
    BriefWord,
    "words",
    what=_("what client, secretary and firm wrote to one another about work by proposal"),
    whose=Whose.ANYONE,
    rule=BRIEFS,
    path="brief",
)
personal(
    ClosingNote,
    "words",
    what=_("how each side says it went, to the firm"),
    whose=Whose.ANYONE,
    rule=BRIEFS,
    path="brief",
)
personal(
    BriefFile, "name", what=_("files of a brief and of its milestones"), whose=Whose.ANYONE, rule=BRIEF_FILES
)
personal(
    BriefCharge,
    "hers",
    what=_("what she was paid for a milestone"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
impersonal(
    Brief,
    "currency budget language also_language firm_percent",
    because="money, percent and the codes of languages",
)
impersonal(BriefInvitation, "why", because="our words for what spoke for somebody")
impersonal(Proposal, "rate", because="an amount")
impersonal(ProposedPart, "title hours amount", because="a piece of work, and its figures")
impersonal(Milestone, "title hours rate amount result", because="a piece of work, and its figures")
impersonal(BriefCharge, "currency amount firms rule", because="amounts, and the rule they follow")
