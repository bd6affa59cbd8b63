"""Supervision: a secretary's days, questions in writing, what is said of her work; and her own side."""

from datetime import date
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from calls.models import Call
from clients.models import Lapse
from secretariat import clock
from secretariat.books import benefits
from secretariat.books.forms.supervision import (
    AnswerForm,
    AskForm,
    AwayForm,
    JudgeForm,
    RemarkForm,
    SayForm,
    SupervisorForm,
)
from secretariat.books.models import HoursQuestion, Remark, Supervision
from secretariat.books.supervision import looks, qualified, quality, seeing, standing, supervising
from secretariat.next import see_other
from secretariat.office import looking
from secretariat.office.contracts import holding
from secretariat.office.guards import firm_required, for_herself
from secretariat.office.looking import Of
from secretariat.office.models import Secretary
from secretariat.office.rota import rules

A_PAGE = 50
NAMED = 6  # so many stand in a notice by name


@require_GET
@firm_required
def listed(request):
    """Everybody's day, where she lives, with what is unusual about it; those without supervision first."""
    at, mine = clock.now(), request.GET.get("mine") == "yes"
    people = Secretary.objects.visible_to(request.user).filter(user__is_active=True)
    people = [each for each in people.select_related("user").order_by("spoken_name", "pk") if each.is_engaged]
    held, needs = standing.of_all(people), qualified.asked_of_all(people)
    if mine:
        people = [each for each in people if each.pk in held and held[each.pk].acting == request.user]
    people.sort(key=lambda each: bool(each.pk in held and held[each.pk].acting))
    page = Paginator(people, A_PAGE).get_page(request.GET.get("page"))
    days = seeing.lately(page, at=at)
    waiting = HoursQuestion.objects.visible_to(request.user).filter(answered_at=None)
    asked = set(waiting.filter(secretary__in=list(page)).values_list("secretary_id", flat=True))
    said = quality.of_all(page, at=at)
    looking.looked_at_all(request.user, Of.DAYS, [each.pk for each in page])
    rows = [
        {
            "secretary": each,
            "lately": days[each.pk],
            "standing": held.get(each.pk),
            "asked": each.pk in asked,
            "quality": said[each.pk],
            "is_mine": each.user_id == request.user.pk,
        }
        for each in page
    ]
    context = {"rows": rows, "mine": mine, "page": page, "query": "mine=yes" if mine else ""}
    context["gaps"] = {} if page.has_previous() else _gaps(people, held, needs)
    return render(request, "books/supervision.html", context)


def _gaps(people, held, needs) -> dict:
    """Who has no supervisor, no stand-in, or none known to know the work; the first of them by name."""
    found: dict[str, list] = {"nobody": [], "alone": [], "unqualified": []}
    for each in people:
        stands = held.get(each.pk)
        if stands is None or not stands.acting:
            found["nobody"].append((each, ()))
            continue
        if not stands.is_backed:
            found["alone"].append((each, ()))
        if unknown := qualified.unknown(needs.get(each.pk, ()), stands.held):
            found["unqualified"].append((each, unknown))
    return {what: {"first": rows[:NAMED], "more": len(rows[NAMED:])} for what, rows in found.items() if rows}


def _secretary(request, secretary_id) -> Secretary:
    people = Secretary.objects.visible_to(request.user).select_related("user")
    return get_object_or_404(people, pk=secretary_id)


@require_GET
@firm_required
def one(request, secretary_id):
    secretary = _secretary(request, secretary_id)
    looking.looked(request.user, Of.DAYS, secretary.pk)
    return _shown(request, secretary)


def _shown(request, secretary, *, naming=None, away=None, asking=None, remark=None, judged=None, status=200):
    """`judged`: the id of a complaint and the form that came back with it."""
    at = clock.now()
    held = standing.of(secretary)
    context = _seen(request, secretary)
    context |= {
        "standing": held,
        "benefits": benefits.told(secretary, on=holding.today(secretary, at)),
        "naming": naming
        or SupervisorForm(held=held.held if held else None, user=request.user, secretary=secretary),
        "away": away or (_away_form(held.held) if held and held.is_still_hers else None),
        "unknown": qualified.unknown(qualified.asked_of(secretary), held.held) if held else [],
        "asking": asking or AskForm(initial={"on": holding.today(secretary, at)}),
        "remark": remark or _remark_form(request, secretary),
        "complaints": [
            (each, judged[1] if judged and judged[0] == each.pk else _judge_form(each))
            for each in context["remarks"]
            if each.is_complaint and not each.is_settled
        ],
        "may_see": secretary.user_id != request.user.pk,
        "refused": bool(judged),
    }
    return render(request, "books/supervision_of.html", context, status=status)


def _away_form(held: Supervision, data=None) -> AwayForm:
    zone = ZoneInfo(held.supervisor.zone)
    said = {"until_on": standing.away_until(held.supervisor)}
    return AwayForm(data, today=clock.now().astimezone(zone).date(), initial=said)


def _remark_form(request, secretary, data=None) -> RemarkForm:
    facts = {"user": request.user, "secretary": secretary, "at": clock.now()}
    return RemarkForm(data, auto_id="id_remark_%s", **facts)


def _judge_form(row: Remark, data=None) -> JudgeForm:
    return JudgeForm(data, instance=row, auto_id=f"id_{row.pk}_%s")


def _seen(request, secretary) -> dict:
    """What both see alike: her days, questions and remarks."""
    at = clock.now()
    today = holding.today(secretary, at)
    first, mine = today - (seeing.DAYS - 1) * rules.DAY, {"secretary": secretary}
    marks = {each.on: each for each in seeing.seen_days([secretary], first, today)}
    days = seeing.of([secretary], first, today, at=at)[secretary.pk]
    remarks = Remark.objects.visible_to(request.user).filter(**mine).select_related("by", "client")[:50]
    calls = Call.objects.visible_to(request.user).filter(pk__in=_calls(remarks))
    return {
        "secretary": secretary,
        "days": [(each, seen := marks.get(each.on), seeing.is_whole(seen, each)) for each in days],
        "questions": HoursQuestion.objects.visible_to(request.user)
        .filter(**mine)
        .select_related("asked_by")[:30],
        "remarks": remarks,
        "quality": quality.of(secretary, at=at),
        "calls": set(calls.values_list("pk", flat=True)),
        "followed": Lapse.objects.visible_to(request.user).on_record_of(secretary),
        "today": today,
    }


def _calls(remarks) -> list:
    return [each.call_id for each in remarks if each.call_id]


@require_POST
@firm_required
def see(request, secretary_id):
    """A day of hers was gone through: today, or one of the days before that the page shows."""
    secretary, at = _secretary(request, secretary_id), clock.now()
    today = holding.today(secretary, at)
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError as nothing:
        raise Http404 from nothing
    if not today - (seeing.DAYS - 1) * rules.DAY <= on <= today:
        messages.error(request, _("That day is not among the last seven. Look at the page as it is now."))
    elif secretary.user_id == request.user.pk:
        messages.error(request, _("Somebody else goes through your own days."))
    else:
        supervising.see(secretary, on=on, by=request.user, at=at)
        messages.success(request, _("Noted: you have gone through this day. She sees that, too."))
    if request.POST.get("back") == "list":
        return see_other(request, reverse("supervision"))
    return see_other(request, reverse("supervision-of", args=[secretary.pk]))


@require_POST
@firm_required
def name(request, secretary_id):
    secretary = _secretary(request, secretary_id)
    facts = {"user": request.user, "secretary": secretary, "held": supervising.of(secretary)}
    form = SupervisorForm(request.POST, **facts)
    if not form.is_valid():
        return _shown(request, secretary, naming=form, status=422)
    try:
        supervising.name(secretary, by=request.user, at=clock.now(), **form.cleaned_data)
    except supervising.NotNow as words:
        form.add_error("supervisor", str(words))
        return _shown(request, secretary, naming=form, status=422)
    messages.success(request, _("Named. She sees it on her own page."))
    if form.cleaned_data["stand_in"] is None:
        messages.warning(request, _("Nobody stands in: name somebody for when the supervisor is away."))
    return see_other(request, reverse("supervision-of", args=[secretary.pk]))


@require_POST
@firm_required
def away(request, secretary_id):
    """Her supervisor is away, and the stand-in acts; or she is back."""
    secretary = _secretary(request, secretary_id)
    held = supervising.of(secretary)
    if held is None:
        raise Http404
    form = _away_form(held, request.POST)
    if not form.is_valid():
        return _shown(request, secretary, away=form, status=422)
    name, until_on = {"name": held.supervisor.name}, form.cleaned_data["until_on"]
    try:
        supervising.leave_to_stand_ins(held.supervisor, until_on=until_on, by=request.user)
    except supervising.NotNow as words:
        messages.error(request, str(words))
    else:
        said = _("Noted: the stand-ins act for %(name)s.") if until_on else _("Noted: %(name)s is there.")
        messages.success(request, said % name)
        if until_on and held.stand_in is None:
            messages.warning(request, _("Nobody stands in: name somebody for when the supervisor is away."))
    return see_other(request, reverse("supervision-of", args=[secretary.pk]))


@require_POST
@firm_required
def ask(request, secretary_id):
    secretary, form = _secretary(request, secretary_id), AskForm(request.POST)
    if not form.is_valid():
        return _shown(request, secretary, asking=form, status=422)
    supervising.ask(secretary, by=request.user, at=clock.now(), **form.cleaned_data)
    messages.success(request, _told(secretary, _("Asked. She is told, and answers on her own page.")))
    return see_other(request, reverse("supervision-of", args=[secretary.pk]))


@require_POST
@firm_required
def remark(request, secretary_id):
    secretary = _secretary(request, secretary_id)
    form = _remark_form(request, secretary, request.POST)
    if not form.is_valid():
        return _shown(request, secretary, remark=form, status=422)
    try:
        supervising.remark(secretary, form.save(commit=False), by=request.user, at=clock.now())
    except supervising.NotNow as words:
        messages.error(request, str(words))
    else:
        said = _("Written down. She is told, and reads it on her own page.")
        messages.success(request, _told(secretary, said))
    return see_other(request, reverse("supervision-of", args=[secretary.pk]))


def _told(secretary: Secretary, said: str) -> str:
    """What was done about it, as it is said to whoever did it."""
    if secretary.user.is_active:
        return said
    return _("Noted. She may not sign in just now, and is told once she is let in again.")


@require_POST
@firm_required
def trained(request, remark_id):
    row = get_object_or_404(Remark.objects.visible_to(request.user), pk=remark_id)
    supervising.train(row, by=request.user, at=clock.now())
    return see_other(request, reverse("supervision-of", args=[row.secretary_id]))


@require_POST
@firm_required
def judge(request, remark_id):
    """How a complaint stands, and what came of it."""
    rows = Remark.objects.visible_to(request.user).filter(kind=Remark.Kind.COMPLAINT)
    row = get_object_or_404(rows.select_related("secretary__user"), pk=remark_id)
    form = _judge_form(row, request.POST)
    if not form.is_valid():
        return _shown(request, row.secretary, judged=(row.pk, form), status=422)
    try:
        supervising.judge_complaint(row, by=request.user, at=clock.now(), **form.cleaned_data)
    except supervising.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Noted. She sees how it stands."))
    return see_other(request, reverse("supervision-of", args=[row.secretary_id]))


# --- Her own side ----------------------------------------------------------------------------------------


@require_GET
@for_herself
def mine(request):
    return _mine(request)


def _mine(request, *, refused=None, status=200):
    """What her supervisor sees of her, what is asked of her, and who has looked."""
    secretary, before = request.secretary, request.GET.get("before", "")
    context = _seen(request, secretary)
    context |= {
        "open": [each for each in context["questions"] if not each.answered_at],
        "answered": [each for each in context["questions"] if each.answered_at],
        "complaints": [each for each in context["remarks"] if each.wants_an_answer],
        "standing": standing.of(secretary),
        "looks": looks.at_her(secretary, before=int(before) if before.isdecimal() else None),
        "earlier": bool(before),
        "refused": refused,
    }
    context["waiting"] = len(context["open"]) + len(context["complaints"])
    return render(request, "books/my_supervision.html", context, status=status)


@require_POST
@for_herself
def answer(request, question_id):
    rows = HoursQuestion.objects.visible_to(request.user).filter(secretary=request.secretary)
    row, form = get_object_or_404(rows, pk=question_id), AnswerForm(request.POST)
    if not form.is_valid():
        return _mine(request, refused=(row.pk, form), status=422)
    if supervising.answer(row, words=form.cleaned_data["words"], by=request.user, at=clock.now()):
        messages.success(request, _("Answered. Whoever asked is told."))
    else:
        messages.error(request, _("You have answered this before."))
    return see_other(request, reverse("my-supervision"))


@require_POST
@for_herself
def say(request, remark_id):
    """How she sees a complaint."""
    rows = Remark.objects.visible_to(request.user).filter(secretary=request.secretary)
    row = get_object_or_404(rows.filter(kind=Remark.Kind.COMPLAINT), pk=remark_id)
    form = SayForm(request.POST)
    if not form.is_valid():
        return _mine(request, refused=(row.pk, form), status=422)
    if supervising.say_of_complaint(row, words=form.cleaned_data["words"], by=request.user, at=clock.now()):
        messages.success(request, _("Said. Whoever wrote it down is told."))
    else:
        messages.error(request, _("You have said how you see it before, or it is settled by now."))
    return see_other(request, reverse("my-supervision"))
