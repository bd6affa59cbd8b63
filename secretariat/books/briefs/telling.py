"""Mails about work by proposal: to those who speak for the client, and to secretaries.

A secretary's mail says what kind of work it is and no word of the client's; the rest is at her desk. What
nobody at the client reads or can answer, or the firm has posted itself, lies before the firm to answer.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from clients import work
from clients.models import Contact, WorkItem
from secretariat import outbox
from secretariat.books import telling
from secretariat.books.models import (
    Brief,
    BriefFile,
    BriefQuestion,
    BriefTerms,
    BriefWord,
    Milestone,
    MilestoneWord,
    Proposal,
    Side,
)
from secretariat.office import languages
from secretariat.office.models import Secretary, User

from . import in_its_place, waiting

TO_CLIENT, TO_HER = "books.brief_word", "books.brief_word_to_her"
FOR_CLIENT, WORD_FOR_CLIENT = "books.brief_for_client", "books.brief_word_for_client"
BRIEF, PROPOSAL = "books.brief", "books.proposal"
DAY = "j F Y"


def _kind(brief: Brief) -> str:
    """With its languages where there are two, as of a translation."""
    if not brief.also_language:
        return brief.get_kind_display()
    both = (languages.name_of(each) for each in (brief.language, brief.also_language))
    return f"{brief.get_kind_display()} ({', '.join(both)})"


def invited(brief: Brief, secretaries: Iterable[Secretary]) -> None:
    facts = {"kind": _kind(brief), "day": date_words(brief.due_on, DAY)}
    text = _(
        "%(kind)s, needed by %(day)s. Read it at your desk, ask what is not clear, and propose if you like."
    )
    for each in secretaries:
        _her(each, brief, f"invited:{each.pk}", brief.pk, _("Work that fits you"), text % facts, queue="bulk")


def file_added(file: BriefFile, secretaries: Iterable[Secretary]) -> None:
    brief, subject = file.brief, _("A file was added to work by proposal")
    text = _("%(kind)s, needed by %(day)s: there is another file with it. Read it at your desk.")
    facts = {"kind": brief.get_kind_display(), "day": date_words(brief.due_on, DAY)}
    for each in secretaries:
        _her(each, brief, f"file:{each.pk}", file.pk, subject, text % facts, queue="bulk")


def asked(question: BriefQuestion) -> None:
    words = _("Somebody who may propose has asked a question. Your answer is read by all of them.")
    subject = _("A question about your brief")
    _client(question.brief, "asked", question.pk, subject, words, to_answer=True)


def answered(question: BriefQuestion) -> None:
    is_answered(question.brief)
    words = _("Your question about a brief is answered.")
    _her(question.asked_by, question.brief, "answered", question.pk, _("An answer"), words)


def proposed(proposal: Proposal) -> None:
    words = _("There is a new proposal. You can compare all of them side by side.")
    subject = _("A proposal for your brief")
    _client(proposal.brief, "proposed", proposal.pk, subject, words, to_answer=True)


def taken_back(proposal: Proposal) -> None:
    """It stands no more, by her own word or with her contract. Why is hers and the firm's."""
    is_answered(proposal.brief)
    words = _("A proposal for your brief was taken back. Whoever was asked may still propose.")
    _client(proposal.brief, "taken_back", proposal.pk, _("A proposal was taken back"), words)


def chosen(proposal: Proposal) -> None:
    is_answered(proposal.brief)
    words = _("Your proposal is accepted. Its milestones are in your list of work.")
    _her(proposal.secretary, proposal.brief, "chosen", proposal.pk, _("Your proposal is accepted"), words)


def not_chosen(proposal: Proposal) -> None:
    words = _(
        "The work you made a proposal for was given to somebody else, or is not done. Nothing is left to do."
    )
    _her(proposal.secretary, None, "not_chosen", proposal.pk, _("Your proposal was not chosen"), words)


def handed_in(said: MilestoneWord) -> None:
    milestone = said.milestone
    words = _(
        "A milestone is handed in. Accept it, send it back or dispute it. "
        "Unanswered, it counts as accepted on %(day)s."
    )
    facts = {"day": date_words(milestone.counts_at.astimezone(milestone.client.tz), DAY)}
    subject = _("A milestone is handed in")
    _client(milestone.brief, "handed_in", said.pk, subject, words % facts, to_answer=True)


def not_answered(milestone: Milestone) -> None:
    words = _(
        "A milestone that was handed in is not answered yet. Accept it, send it back or dispute it. "
        "Unanswered, it counts as accepted on %(day)s at %(time)s, and is charged."
    )
    counts = milestone.counts_at.astimezone(milestone.client.tz)
    facts = {"day": date_words(counts, DAY), "time": f"{counts:%H:%M}"}
    about = f"not_answered:{counts:%Y%m%d%H%M}"
    subject = _("A milestone waits for your answer until tomorrow")
    _client(milestone.brief, about, milestone.pk, subject, words % facts, to_answer=True)


def counted(milestone: Milestone) -> None:
    """Nobody answered. Where nobody at the client reads mail, the firm had it before it all along."""
    words = _(
        "Nobody answered by its day, so a milestone counts as accepted and is charged. "
        "If it is not as agreed, write to us on the page of the work."
    )
    if telling.speakers(milestone.client):
        subject = _("A milestone counts as accepted")
        _client(milestone.brief, "counted", milestone.pk, subject, words)


def due(milestone: Milestone) -> None:
    words = _("A milestone of yours is due on %(day)s: %(kind)s. Hand it in on the page of the work.")
    facts = {"day": date_words(milestone.due_on, DAY), "kind": milestone.brief.get_kind_display()}
    about = f"due:{milestone.due_on:%Y%m%d}"
    _of_milestone(milestone, about, _("A milestone is due"), words % facts)


def accepted(milestone: Milestone) -> None:
    is_answered(milestone.brief)
    words = _("A milestone of yours is accepted, and part of your next pay.")
    _of_milestone(milestone, "accepted", _("A milestone is accepted"), words)


def sent_back(said: MilestoneWord) -> None:
    is_answered(said.milestone.brief)
    milestone = said.milestone
    words = _("A milestone was sent back, with what is not as agreed.")
    _her(milestone.secretary, milestone.brief, "sent_back", said.pk, _("A milestone is sent back"), words)


def disputed(said: MilestoneWord) -> None:
    milestone = said.milestone
    is_answered(milestone.brief)
    words = _("The client disputes a milestone. Somebody of the firm asks you how you see it.")
    _her(milestone.secretary, milestone.brief, "disputed", said.pk, _("A milestone is disputed"), words)


def called_in(said: MilestoneWord) -> None:
    words = _("The secretary has put a milestone before the firm, which hears both sides and decides.")
    subject = _("A milestone is put before the firm")
    _client(said.milestone.brief, "called_in", said.pk, subject, words)


def given_back(said: MilestoneWord) -> None:
    milestone, subject = said.milestone, _("The firm has decided about a milestone")
    words = _("It is to be mended, as the firm says on the page of the work, and handed in again.")
    _her(milestone.secretary, milestone.brief, "given_back", said.pk, subject, words)
    _client(milestone.brief, "given_back", said.pk, subject, words)


def said(word: BriefWord, proposal: Proposal) -> None:
    """Each of the other sides is told that something was written, and not what."""
    brief, about = word.brief, proposal.pk
    subject = _("About work by proposal")
    if word.of != Side.SECRETARY:
        words_are_answered(brief.proposals.filter(secretary=word.secretary_id))
        words = _("Somebody has written to you about your proposal, or your work. Read it and answer there.")
        page = reverse("my-proposal-words", args=[about])
        _her(word.secretary, brief, "said", word.pk, subject, words, page=page)
    if word.of == Side.SECRETARY or (word.of == Side.FIRM and telling.speakers(brief.client)):
        words = _("Somebody has written to you about a proposal, or about work of yours. Answer it there.")
        page = reverse("portal-proposal-words", args=[about])
        hers = word.of == Side.SECRETARY
        _client(brief, "said", word.pk, subject, words, to_answer=hers, page=page, of=proposal)


def how_did_it_go(brief: Brief) -> None:
    """Asked of both sides once the work is done; the answer is the firm's alone."""
    words = _("The work is done. Tell the firm how it went, in a few words; the other side never reads them.")
    subject = _("How did it go?")
    for each in brief.proposals.filter(state=Proposal.State.CHOSEN).select_related("secretary__user"):
        if each.secretary.user.is_active:
            _her(each.secretary, brief, "closing", brief.pk, subject, words)
    if telling.speakers(brief.client):
        _client(brief, "closing", brief.pk, subject, words)


def settled(milestone: Milestone) -> None:
    words = _("The firm has settled a milestone. Read what stands of it, and why.")
    _of_milestone(milestone, "settled", _("A milestone is settled"), words)
    _client(milestone.brief, "settled", milestone.pk, _("A milestone is settled"), words)


def change_asked(terms: BriefTerms) -> None:
    words = _(
        "The other side asks for a change. It holds once you agree; until then everything stays as it is."
    )
    _other_side(terms, Side(terms.asked_of), "change", _("A change is asked for"), words, to_answer=True)


def change_answered(terms: BriefTerms) -> None:
    is_answered(terms.brief)
    other = Side.CLIENT if terms.asked_of == Side.SECRETARY else Side.SECRETARY
    words = _("Your change was answered: %(how)s.") % {"how": terms.get_state_display()}
    _other_side(terms, other, "change_answered", _("Your change is answered"), words)


def _other_side(
    terms: BriefTerms, of: Side, what: str, subject: str, words: str, *, to_answer: bool = False
) -> None:
    if of == Side.SECRETARY:
        _client(terms.brief, what, terms.pk, subject, words, to_answer=to_answer)
    else:
        _her(terms.secretary, terms.brief, what, terms.pk, subject, words)


def waits(brief: Brief, since: UUID) -> None:
    words = _(
        "Whoever does this work for you cannot go on with it just now. The firm looks after it and tells you "
        "how it goes on; you pay for nothing meanwhile."
    )
    _client(brief, "waits", since, _("Work of yours waits"), words)


def ended(brief: Brief, of: Side) -> None:
    words = _(
        "Work by proposal was ended early. What is paid of it, and why, is on its page. "
        "There you can tell the firm how it went, too."
    )
    if of != Side.SECRETARY:
        for each in brief.proposals.filter(state=Proposal.State.CHOSEN).select_related("secretary__user"):
            _her(each.secretary, brief, "ended", brief.pk, _("Work was ended"), words)
    if of != Side.CLIENT:
        _client(brief, "ended", brief.pk, _("Work was ended"), words)


def goes_on(brief: Brief) -> None:
    words = _("What is left of your work is posted again. You are told of each proposal for it.")
    _client(brief, "goes_on", brief.pk, _("Your work goes on"), words)


def _of_milestone(milestone: Milestone, what: str, subject: str, words: str) -> None:
    _her(milestone.secretary, milestone.brief, what, milestone.pk, subject, words)


def nobody_fits(brief: Brief) -> None:
    words = _("Nobody who works here fits your brief just now. The firm looks for somebody, or asks you.")
    _client(brief, "nobody", brief.pk, _("About your brief"), words)


def nobody_proposes(brief: Brief, since: UUID) -> None:
    words = _("There is no proposal for your brief. The firm looks after it; you can take it back.")
    _client(brief, "silent", since, _("About your brief"), words)


def day_has_passed(brief: Brief) -> None:
    words = _(
        "The day by which you needed this work has passed, and nobody has it. "
        "You can move the day, or take it back."
    )
    _client(brief, f"past:{brief.due_on:%Y%m%d}", brief.pk, _("About your brief"), words)


def moved(brief: Brief, proposals: Iterable[Proposal], *, by: User, at: datetime) -> None:
    """Day or budget are others: told to whoever has proposed, and to the client where the firm did it."""
    about = f"moved:{at:%Y%m%d%H%M%S%f}"
    facts = {"kind": brief.get_kind_display(), "day": date_words(brief.due_on, DAY)}
    words = _(
        "Day or budget of work you made a proposal for have changed: %(kind)s, needed by %(day)s. "
        "Your proposal stands; change it, or take it back, if you like."
    )
    for each in proposals:
        _her(each.secretary, brief, about, each.pk, _("Work you proposed for has changed"), words % facts)
    theirs = Contact.objects.filter(client=brief.client_id, user=by).exists()
    if not theirs and telling.speakers(brief.client):
        words = _("The firm has changed day or budget of your brief. It is needed by %(day)s.")
        _client(brief, about, brief.pk, _("About your brief"), words % facts)


def is_answered(brief: Brief) -> None:
    """One thing waits no longer for the firm in the client's place; what waits besides goes on waiting."""
    for item in _finish(FOR_CLIENT, BRIEF, [brief.pk]):
        if left := waiting.for_client(brief):
            _lies_before_the_firm(brief, left, owner=item.owner)


def words_are_answered(proposals: QuerySet[Proposal]) -> None:
    """What was written to the client about these is answered; what waits for it besides goes on waiting."""
    _finish(WORD_FOR_CLIENT, PROPOSAL, proposals.values_list("pk", flat=True))


def _finish(kind: str, subject_kind: str, subjects: Iterable[UUID]) -> list[WorkItem]:
    """Returns those that were open."""
    rows = WorkItem.objects.open().filter(kind=kind, subject_kind=subject_kind, subject_id__in=list(subjects))
    return [item for item in rows if work.finish(item, by=None, outcome=_("Answered"))]


def _before_the_firm(brief: Brief, subject: str, of: Proposal | None) -> None:
    """The newest in its words: one piece of work stands for all that waits of a brief."""
    if of is None:
        _finish(FOR_CLIENT, BRIEF, [brief.pk])
    _lies_before_the_firm(brief, subject, of)


def _lies_before_the_firm(
    brief: Brief, subject: str, of: Proposal | None = None, owner: User | None = None
) -> None:
    work.open_item(
        WORD_FOR_CLIENT if of else FOR_CLIENT,
        subject=(PROPOSAL, of.pk) if of else (BRIEF, brief.pk),
        because=_("For %(client)s: %(what)s") % {"client": brief.client.name, "what": subject},
        urgency=WorkItem.Urgency.TODAY,
        owner=owner,
    )


def _client(
    brief: Brief,
    what: str,
    about: UUID,
    subject: str,
    words: str,
    *,
    to_answer: bool = False,
    page: str = "",
    of: Proposal | None = None,
) -> None:
    """`to_answer`: something waits for it. The firm answers where it has posted the brief itself.

    `of`: it was written about this proposal, and is answered there.
    """
    addresses = telling.speakers(brief.client)
    theirs = Contact.objects.filter(client=brief.client_id, user=brief.posted_by_id).exists()
    if not addresses or (to_answer and (not theirs or in_its_place.nobody_speaks(brief.client))):
        _before_the_firm(brief, subject, of)
    there = page or reverse("portal-brief", args=[brief.pk])
    link = f"{settings.PUBLIC_BASE_URL}{there}?client={brief.client_id}"
    for address in addresses:
        outbox.post(
            TO_CLIENT,
            key=f"{TO_CLIENT}:{what}:{about}:{address.pk}",
            client_id=brief.client_id,
            subject=("books.brief", brief.pk),
            payload={"to": address.value, "subject": subject, "text": f"{words}\n\n{link}"},
        )


def _her(
    secretary: Secretary,
    brief: Brief | None,
    what: str,
    about: UUID,
    subject: str,
    words: str,
    queue="urgent",
    page: str = "",
) -> None:
    there = page or (reverse("my-brief", args=[brief.pk]) if brief else reverse("my-briefs"))
    outbox.post(
        TO_HER,
        key=f"{TO_HER}:{what}:{about}",
        queue=queue,
        subject=("office.secretary", secretary.pk),
        payload={
            "to": secretary.user.email,
            "subject": subject,
            "text": f"{words}\n\n{settings.PUBLIC_BASE_URL}{there}",
        },
    )
