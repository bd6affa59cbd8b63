"""What is done about milestones, changes and the end of work by proposal, on each side."""

from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from secretariat import clock
from secretariat.books import hours, metering
from secretariat.books.briefs import caps, changing, handing_on, milestones, noting, posting
from secretariat.books.briefs.standing import NotNow
from secretariat.books.forms.briefs import BecauseForm, ChangeForm
from secretariat.books.forms.milestones import (
    CallInForm,
    ForClientForm,
    HandInForm,
    NoteForm,
    SettleForm,
    WorkedForm,
)
from secretariat.books.models import BriefTerms, Milestone, Side
from secretariat.next import see_other

from .brief_page import ending_of_firm, form_of, shown
from .brief_sides import FRAMES, address, by_side, done, her_brief, hers, say_why_not


def _one(request, milestone_id) -> Milestone:
    rows = hers(request, Milestone.objects.visible_to(request.user))
    rows = rows.select_related("brief__client", "client", "secretary__user")
    return get_object_or_404(rows, pk=milestone_id)


def _done(request, milestone, act: str, form, said: str, verb):
    """Do it with what the form says, or show the form again."""
    brief = her_brief(request, milestone.brief_id)
    if not form.is_valid():
        return shown(request, brief, status=422, refused={(act, milestone.pk): form})
    facts = form.cleaned_data | {"by": request.user, "at": clock.now()}
    return done(request, brief, said, verb, milestone, **facts)


@require_POST
@by_side
def hand_in(request, milestone_id):
    """She says that it is done, perhaps with a file."""
    milestone = _one(request, milestone_id)
    form = HandInForm(request.POST, request.FILES, pays=milestone.pays)
    brief = her_brief(request, milestone.brief_id)
    if not form.is_valid():
        return shown(request, brief, status=422, refused={("hand-in", milestone.pk): form})
    said, by, at = form.cleaned_data, request.user, clock.now()

    def handed_in():
        milestones.hand_in(milestone, words=said["words"], result=said.get("result") or 0, by=by, at=at)
        if said["file"]:
            posting.add_file(
                brief, file=said["file"], content_type=form.content_type, by=by, at=at, milestone=milestone
            )

    told = _("Handed in. The client is told, and by when to answer.")
    return done(request, brief, told, handed_in, typed=said["words"])


def _answered(request, milestone_id, act: str, said: str, verb):
    """The client's answer to what was handed in, or the firm's in its place."""
    form = form_of(act, request.side)(request.POST)
    return _done(request, _one(request, milestone_id), act, form, said, partial(verb, of=request.side))


@require_POST
@by_side
def accept(request, milestone_id):
    said = _("Accepted. It is part of your next bill.")
    if request.side == Side.FIRM:
        said = _("Accepted for the client. It is part of its next bill.")
    return _answered(request, milestone_id, "accept", said, milestones.accept)


@require_POST
@by_side
def send_back(request, milestone_id):
    said = _("Sent back, with your words.")
    return _answered(request, milestone_id, "send-back", said, milestones.send_back)


@require_POST
@by_side
def dispute(request, milestone_id):
    said = _("Somebody of the firm hears both sides and answers. Nothing is charged meanwhile.")
    return _answered(request, milestone_id, "dispute", said, milestones.dispute)


@require_POST
@by_side
def call_in(request, milestone_id):
    """She does not see what was sent back as the client does: the firm decides."""
    said = _("The firm has it before it, with your words. It hears both sides and decides.")
    form = CallInForm(request.POST)
    return _done(request, _one(request, milestone_id), "call-in", form, said, milestones.call_in)


@require_POST
@by_side
def settle(request, milestone_id):
    """The firm decides: all of it stands, or a part, or it goes back to be mended."""
    form, said = SettleForm(request.POST), _("Decided. Both sides are told.")

    def decided(milestone, *, how, percent, **facts):
        if how == SettleForm.BACK:
            return milestones.give_back(milestone, **facts)
        return milestones.settle(milestone, percent=percent, **facts)

    return _done(request, _one(request, milestone_id), "settle", form, said, decided)


@require_http_methods(["GET", "POST"])
@by_side
def worked(request, milestone_id):
    """Time she worked on it; never above its cap."""
    milestone = _one(request, milestone_id)
    her_brief(request, milestone.brief_id)
    zone, at = ZoneInfo(request.secretary.zone), clock.now()
    initial = {"on": at.astimezone(zone).date()}
    form = WorkedForm(request.POST or None, zone=zone, at=at, initial=initial)
    back = address(request.side, "brief", milestone.brief_id)
    if request.method == "POST" and form.is_valid():
        times = {"started_at": form.started_at, "ended_at": form.ended_at}
        words = form.cleaned_data["because"]
        try:
            milestones.write_down(milestone, **times, words=words, by=request.secretary, at=at)
        except hours.NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down. It stands in your week as well."))
            return see_other(request, back)
    context = {
        "form": form,
        "milestone": milestone,
        "intervals": caps.intervals_of(milestone),
        "worked": metering.at_work(caps.intervals_of(milestone)) / metering.SECOND,
        "left": milestones.left_of(milestone),
        "zone": str(zone),
        "side": request.side,
        "frame": FRAMES[request.side],
        "back": back,
    }
    return render(request, "books/milestone_time.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@by_side
def change(request, brief_id):
    """Ask the other side for other milestones."""
    brief = her_brief(request, brief_id)
    form = ChangeForm(
        request.POST or None,
        currency=brief.currency,
        today=clock.now().astimezone(brief.client.tz).date(),
        milestones=hers(request, Milestone.objects.visible_to(request.user)).filter(brief=brief),
        initial={"outcome": _outcome(brief)},
    )
    back = address(request.side, "brief", brief.pk)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("outcome", "because")}
        facts = {"of": request.side, "by": request.user, "at": clock.now()}
        try:
            changing.ask(brief, parts=form.as_json(), **said, **facts)
        except NotNow as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked. It holds once the other side agrees."))
            for each in form.stays:
                said_of_it = _("“%(what)s” was handed in meanwhile, or is over, and stays as it is.")
                messages.info(request, said_of_it % {"what": each.title})
            return see_other(request, back)
    context = {
        "form": form,
        "brief": brief,
        "side": request.side,
        "frame": FRAMES[request.side],
        "back": back,
    }
    return render(request, "books/brief_change.html", context, status=422 if form.errors else 200)


def _outcome(brief) -> str:
    terms = changing.in_force(brief)
    return "\n".join(terms.words[0]["words"]) if terms else brief.outcome


def _terms(request, terms_id) -> BriefTerms:
    rows = hers(request, BriefTerms.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("brief__client", "secretary__user"), pk=terms_id)


def _change_answered(request, terms_id, said: str, verb):
    """The firm says what the client has told it."""
    terms = _terms(request, terms_id)
    brief = her_brief(request, terms.brief_id)
    facts = {"of": request.side, "by": request.user, "at": clock.now()}
    if request.side == Side.FIRM:
        form = ForClientForm(request.POST, auto_id="change_%s")
        if not form.is_valid():
            return shown(request, brief, status=422, refused={("change", terms.pk): form})
        facts["told"] = form.cleaned_data["words"]
    return done(request, brief, said, verb, terms, typed=facts.get("told", ""), **facts)


@require_POST
@by_side
def agree(request, terms_id):
    return _change_answered(request, terms_id, _("Agreed. It holds from now on."), changing.agree)


@require_POST
@by_side
def decline(request, terms_id):
    return _change_answered(request, terms_id, _("What was agreed before goes on."), changing.decline)


@require_POST
@by_side
def end(request, brief_id):
    brief = her_brief(request, brief_id)
    if request.side == Side.FIRM:
        return _end_for_firm(request, brief)
    form = BecauseForm(request.POST)
    if not form.is_valid():
        return shown(request, brief, status=422, ending=form)
    facts = {"of": request.side, "because": form.cleaned_data["because"]}
    facts |= {"by": request.user, "at": clock.now()}
    return done(
        request, brief, _("Ended. What is paid of it stands below."), milestones.end_work, brief, **facts
    )


def _end_for_firm(request, brief):
    """With what counts of what is begun, and with what is left given to somebody else."""
    at = clock.now()
    form = ending_of_firm(brief, at=at, data=request.POST)
    if not form.is_valid():
        return shown(request, brief, status=422, ending=form)
    facts = {"because": form.cleaned_data["because"], "settlement": form.settlement}
    facts |= {"by": request.user, "at": at}
    rest = form.cleaned_data.get("rest")
    only = UUID(rest) if rest and rest != form.EVERYBODY else None
    try:
        if rest:
            handing_on.end_and_post(brief, only=only, **facts)
        else:
            milestones.end_work(brief, of=Side.FIRM, **facts)
    except NotNow as refusal:
        brief.refresh_from_db()
        if brief.is_given:
            form.add_error(None, str(refusal))
        else:
            say_why_not(request, refusal, form.cleaned_data["because"])
        return shown(request, brief, status=422, ending=form)
    said = _("Ended. What is paid of it stands below.")
    posted = _("Ended, and what is left is posted again.")
    messages.success(request, posted if rest else said)
    return see_other(request, address(request.side, "brief", brief.pk))


@require_POST
@by_side
def note(request, brief_id):
    brief, form = her_brief(request, brief_id), NoteForm(request.POST)
    if not form.is_valid():
        return shown(request, brief, status=422, noting=form)
    facts = form.cleaned_data | {"of": request.side, "by": request.user, "at": clock.now()}
    return done(request, brief, _("The firm reads it, and nobody else."), noting.write, brief, **facts)


@require_http_methods(["GET"])
@by_side
def versions(request, brief_id):
    """Every version that was agreed, asked for or declined, with what was different in it."""
    brief = her_brief(request, brief_id)
    rows = hers(request, BriefTerms.objects.visible_to(request.user)).filter(brief=brief)
    context = {
        "brief": brief,
        "rows": [(each, changing.compared(each)) for each in rows.select_related("asked_by")],
        "side": request.side,
        "frame": FRAMES[request.side],
        "zone": brief.client.zone,
        "back": address(request.side, "brief", brief.pk),
    }
    return render(request, "books/brief_versions.html", context)
