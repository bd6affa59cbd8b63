"""One brief with everything about it, as its reader's side sees it, and what she may do there now."""

from dataclasses import dataclass, field

from django.forms import BaseForm
from django.shortcuts import render
from django.utils.translation import gettext as _

from secretariat import clock
from secretariat.books import metering, rules
from secretariat.books.briefs import (
    caps,
    changing,
    charging,
    handing_on,
    in_its_place,
    milestones,
    posting,
    proposing,
    words,
    writing,
)
from secretariat.books.forms.briefs import AnswerForm, AskForm, BecauseForm, FileForm, MoveForm, ShareForm
from secretariat.books.forms.milestones import (
    AcceptForm,
    CallInForm,
    FirmEndForm,
    ForClientForm,
    HandInForm,
    NoteForm,
    SettleForm,
    WordsForm,
)
from secretariat.books.models import (
    Brief,
    BriefCharge,
    BriefFile,
    BriefInvitation,
    BriefQuestion,
    ClosingNote,
    Milestone,
    MilestoneWord,
    Proposal,
    Side,
)

from .brief_sides import FRAMES, address, hers, zone_of

# What each side may do with a milestone in which state, and the form it does it with.
MAY = {
    (Side.SECRETARY, Milestone.State.OPEN): ("hand-in", "call-in"),
    (Side.CLIENT, Milestone.State.HANDED_IN): ("accept", "send-back", "dispute"),
    (Side.CLIENT, Milestone.State.DISPUTED): ("accept",),
    (Side.FIRM, Milestone.State.HANDED_IN): ("accept", "send-back", "dispute"),  # where it speaks for it
    (Side.FIRM, Milestone.State.DISPUTED): ("settle",),
}
FORMS: dict[str, type[BaseForm]] = {
    "hand-in": HandInForm,
    "accept": AcceptForm,
    "send-back": WordsForm,
    "dispute": WordsForm,
    "call-in": CallInForm,
    "settle": SettleForm,
}


def form_of(act: str, side: Side) -> type[BaseForm]:
    """The firm says what the client has told it, but for what it decides itself."""
    return ForClientForm if side == Side.FIRM and act != "settle" else FORMS[act]


@dataclass
class Row:
    """A milestone as it is shown. `forms`: what may be done, by the name of the act."""

    milestone: Milestone
    price: str
    brought: str
    worked: float
    left: int | None
    said: list
    files: list
    forms: dict[str, BaseForm] = field(default_factory=dict)


def shown(request, brief: Brief, *, status: int = 200, refused=None, **given):
    """The page; `given` and `refused` ({(act, id): form}) are forms that came back with what is not right."""
    side, at = request.side, clock.now()
    context = {
        "brief": brief,
        "side": side,
        "frame": FRAMES[side],
        "back": address(side, "briefs"),
        "zone": zone_of(request, brief),
        "budget": rules.money(brief.budget, brief.currency, brief.digits) if brief.budget else "",
        "rules": words.rules_of(brief.window_days),
        "questions": _questions(request, brief, given.get("answering")),
        "files": _files(request, brief),
        "adding": given.get("adding") or FileForm(auto_id="file_%s"),
        "may_add": not brief.is_over and (side != Side.SECRETARY or brief.is_given),
        "asking": given.get("asking") or AskForm(auto_id="ask_%s"),
        "withdrawing": given.get("withdrawing") or BecauseForm(auto_id="withdraw_%s"),
        "ending": given.get("ending") or _ending(side, brief, at),
        "noting": given.get("noting") or NoteForm(auto_id="note_%s"),
        "errors": any(form.errors for form in (refused or {}).values()) or status == 422,
    }
    if side == Side.FIRM and not brief.is_over:
        context["not_billed"] = posting.why_not_billed(brief, on=at.astimezone(brief.client.tz).date())
    context |= _before(request, brief, given, at) if brief.is_open else {}
    context |= _after(request, brief, refused or {}) if brief.given_at else {}
    return render(request, "books/brief.html", context, status=status)


def _ending(side, brief, at) -> BaseForm:
    if side == Side.FIRM and brief.is_given:
        return ending_of_firm(brief, at=at)
    return BecauseForm(auto_id="end_%s")


def ending_of_firm(brief, *, at, data=None) -> FirmEndForm:
    """With every milestone that is begun or in dispute, and those who could go on with it."""
    rows = Milestone.objects.filter(brief=brief, state__in=[Milestone.State.OPEN, Milestone.State.DISPUTED])
    begun = []
    for each in rows.select_related("brief"):
        micros = metering.at_work(caps.intervals_of(each))
        seconds = micros // metering.SECOND
        worked = _("Worked: %(time)s.") % {"time": rules.length(seconds)} if seconds else _("No time stands.")
        said = " ".join(filter(None, [f"{charging.price_words(each)}.", charging.brought(each), worked]))
        begun.append((each, charging.begun(each, micros), said))
    others = handing_on.others(brief, at=at) if begun else []
    return FirmEndForm(data, begun=begun, others=others, auto_id="end_%s")


def _questions(request, brief, answering) -> list[tuple]:
    """Each with the form to answer it, where its reader may; behind the answers in what it goes on from."""
    found = [
        (question, None)
        for earlier in handing_on.before(brief)
        for question in earlier.questions.exclude(answered_at=None).select_related("asked_by")
    ]
    rows = BriefQuestion.objects.visible_to(request.user).filter(brief=brief).select_related("asked_by")
    may_answer = request.side != Side.SECRETARY and not brief.is_over
    for each in rows:
        form = None
        if may_answer and not each.answered_at:
            mine = answering and answering[0] == each.pk
            form = answering[1] if mine else AnswerForm(auto_id=f"answer_{each.pk}_%s")
        found.append((each, form))
    return found


def _files(request, brief) -> list[tuple]:
    """Behind those of what it goes on from, which were handed in, too."""
    earlier = [file for each in handing_on.before(brief) for file in each.files.all()]
    rows = BriefFile.objects.visible_to(request.user).filter(brief=brief, milestone=None)
    return posting.with_addresses([*earlier, *rows])


def _before(request, brief, given, at) -> dict:
    """While proposals are made."""
    proposals = Proposal.objects.visible_to(request.user).filter(brief=brief, state="made")
    if request.side == Side.SECRETARY:
        mine = proposals.filter(secretary=request.secretary).prefetch_related("parts").first()
        invitations = BriefInvitation.objects.visible_to(request.user).filter(secretary=request.secretary)
        asked = invitations.filter(brief=brief).first()
        return {
            **(_written(request, mine, brief) if mine else {}),
            "mine": mine,
            "mine_price": proposing.price_of(mine, sum(part.amount for part in mine.parts.all()))
            if mine
            else "",
            "why": asked.why if asked else [],
            "why_not": proposing.why_not(request.secretary, brief, at=at),
        }
    today = at.astimezone(brief.client.tz).date()
    context = {
        "proposals": proposals.count(),
        "nobody_fits": not posting.is_asked_of_somebody(brief),
        "is_past": brief.due_on < today,
        "moving": given.get("moving") or MoveForm(instance=brief, today=today, auto_id="move_%s"),
    }
    if request.side == Side.FIRM:
        invitations = BriefInvitation.objects.visible_to(request.user).filter(brief=brief)
        context["invited"] = invitations.select_related("secretary__user")
        context["sharing"] = given.get("sharing") or ShareForm(instance=brief, auto_id="share_%s")
        context["may_share"] = not brief.proposals.exists()
    return context


def _after(request, brief, refused) -> dict:
    """Once somebody has it."""
    asked, side = changing.asked(brief), request.side
    in_place = brief.is_given and side == Side.FIRM and in_its_place.nobody_speaks(brief.client)
    waits_for = Side.CLIENT if asked and asked.asked_of == Side.SECRETARY else Side.SECRETARY
    notes = ClosingNote.objects.visible_to(request.user).filter(brief=brief)
    charges = hers(request, BriefCharge.objects.visible_to(request.user)).filter(brief=brief)
    proposal = brief.proposals.select_related("secretary__user").get(state=Proposal.State.CHOSEN)
    names = proposing.names_of([proposal], brief, for_firm=request.side == Side.FIRM)
    return {
        **_written(request, proposal, brief),
        "rows": _rows(request, brief, refused, in_place=in_place),
        "in_place": in_place,
        "terms": changing.in_force(brief),
        "versions": brief.terms.filter(state="agreed").count(),
        "asked": asked,
        "differences": changing.compared(asked) if asked else [],
        "may_answer_change": asked and (side == waits_for or (in_place and waits_for == Side.CLIENT)),
        "answering_change": refused.get(("change", asked.pk)) or ForClientForm(auto_id="change_%s")
        if asked and in_place
        else None,
        "may_change": brief.is_given and not asked and request.side != Side.FIRM,
        "notes": notes.select_related("by") if request.side == Side.FIRM else [],
        "noted": brief.notes.filter(of=request.side).exists(),  # whoever of that side wrote it
        "goes_on": brief.followed_by.all() if request.side != Side.SECRETARY else [],
        "charges": [_charge(each, request.side) for each in charges.select_related("milestone")],
        "who": names[proposal.pk],
    }


def _written(request, proposal, brief) -> dict:
    """What was written to one another last, and where all of it stands; nothing where nothing can be."""
    thread = writing.thread(proposal).visible_to(request.user)
    last = thread.order_by("-at", "-pk").first()
    proposal.brief = brief
    if last is None and writing.why_not(proposal, request.side):
        return {}
    return {"last_word": last, "words_page": address(request.side, "proposal-words", proposal.pk)}


def _charge(each: BriefCharge, side: Side) -> tuple[BriefCharge, str, str]:
    """With the amount that concerns this side: hers is what she is paid. The firm reads how it is shared."""

    def said(amount) -> str:
        return rules.money(amount, each.currency, each.digits)

    shared = ""
    if side == Side.FIRM:
        shared = _("Hers: %(hers)s; the firm’s: %(firms)s.") % {
            "hers": said(each.hers),
            "firms": said(each.firms),
        }
    return each, said(each.hers if side == Side.SECRETARY else each.amount), shared


def _rows(request, brief, refused, *, in_place: bool) -> list[Row]:
    """`in_place`: the firm speaks for the client."""
    rows = hers(request, Milestone.objects.visible_to(request.user)).filter(brief=brief)
    found = []
    for each in rows.select_related("brief", "client").prefetch_related("said", "files"):
        found.append(
            Row(
                milestone=each,
                price=charging.price_words(each),
                brought=charging.brought(each),
                worked=metering.at_work(caps.intervals_of(each)) / metering.SECOND,
                left=milestones.left_of(each) if each.is_open else None,
                said=list(each.said.all()),
                files=posting.with_addresses(each.files.all()),
                forms=_forms(request.side, each, refused, in_place=in_place) if brief.is_given else {},
            )
        )
    return found


def _forms(side, milestone, refused, *, in_place: bool) -> dict[str, BaseForm]:
    found = {}
    for act in MAY.get((side, milestone.state), ()):
        if side == Side.FIRM and act != "settle" and not in_place:
            continue
        if act == "call-in" and all(
            said.what != MilestoneWord.What.SENT_BACK for said in milestone.said.all()
        ):
            continue
        form = refused.get((act, milestone.pk))
        if form is None:
            more = {"pays": milestone.pays} if act == "hand-in" else {}
            form = form_of(act, side)(**more)
        form.auto_id = f"{act}_{milestone.pk}_%s"
        found[act.replace("-", "_")] = form
    return found
