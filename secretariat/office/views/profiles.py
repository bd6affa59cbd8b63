"""Profiles, for the firm: what each can do, and what waits to be looked at."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office import looking
from secretariat.office.contracts import holding
from secretariat.office.forms.profile import AnswerForm
from secretariat.office.guards import firm_required
from secretariat.office.looking import Of
from secretariat.office.models import Certificate, Claim, Secretary, Skill
from secretariat.office.profiles import claiming, proving, qualifications, requirements, showing, skills
from secretariat.office.profiles.proving import NotNow

AT_MOST = 100


@require_GET
@firm_required
def listed(request):
    """Everybody who works here with what she can do; with a word, those it is said of."""
    word = request.GET.get("q", "").strip()
    people = (
        Secretary.objects.visible_to(request.user)
        .filter(user__is_active=True)
        .select_related("user", "profile")
    )
    if word:
        people = people.filter(
            Q(user__name__icontains=word)
            | Q(spoken_name__icontains=word)
            | Q(skills__skill__name__icontains=word)
            | Q(certificates__training__name__icontains=word)
        ).distinct()
    people = list(
        people.prefetch_related("languages", "skills__skill").order_by("spoken_name", "pk")[:AT_MOST]
    )
    at = clock.now()
    needs, held = qualifications.of_firm(), qualifications.held_by_all([each.pk for each in people])
    waiting = {
        *Certificate.objects.visible_to(request.user)
        .filter(state="waiting")
        .values_list("secretary", flat=True),
        *Claim.objects.visible_to(request.user).filter(state="waiting").values_list("secretary", flat=True),
    }
    rows = [
        {
            "secretary": each,
            "waits": each.pk in waiting,
            "lacks": requirements.lacks(needs, held[each.pk], holding.today(each, at)),
            "profile": getattr(each, "profile", None),
        }
        for each in people
    ]
    rows.sort(key=lambda row: not row["waits"])
    looking.looked_at_all(request.user, Of.PROFILE, [each.pk for each in people])
    usual_missing = not Skill.objects.visible_to(request.user).exclude(area=Skill.Area.OTHER).exists()
    context = {"rows": rows, "q": word, "more": len(rows) == AT_MOST, "usual_missing": usual_missing}
    return render(request, "office/profiles.html", context)


@require_POST
@firm_required
def usual_skills(request):
    """Put the usual skills in, where a firm began before there were any."""
    n = skills.put_in_the_usual()
    ledger.record(
        "office.skills.usual", actor_id=request.user.pk, subject=("office.skill", "usual"), detail={"new": n}
    )
    messages.success(request, ngettext("%(n)d skill added.", "%(n)d skills added.", n) % {"n": n})
    return see_other(request, reverse("profiles"))


@require_GET
@firm_required
def one(request, secretary_id):
    people = Secretary.objects.visible_to(request.user).select_related("user")
    secretary = get_object_or_404(people, pk=secretary_id)
    looking.looked(request.user, Of.PROFILE, secretary.pk)
    return _shown(request, secretary)


def _shown(request, secretary, *, answered=None, status=200):
    """`answered`: the id of what was answered and the form that came back."""
    named = Claim.objects.visible_to(request.user).filter(secretary=secretary).select_related("skill")
    papers = Certificate.objects.visible_to(request.user).filter(secretary=secretary)
    papers = proving.with_papers(papers.select_related("training", "checked_by"))
    today = holding.today(secretary, clock.now())
    held = qualifications.held_by_all([secretary.pk])[secretary.pk]

    def form(row):
        return answered[1] if answered and answered[0] == row.pk else AnswerForm(auto_id=f"id_{row.pk}_%s")

    context = {
        "secretary": secretary,
        "profile": showing.of(secretary),
        "lines": showing.lines(secretary),
        "typing": proving.typing_of(secretary),
        "lacks": requirements.lacks(qualifications.of_firm(), held, today),
        "claims": [
            (each, words, url, form(each))
            for each, words, url in claiming.with_papers(named.filter(state="waiting"))
        ],
        "accepted": [(each, claiming.in_words(each), form(each)) for each in claiming.counting(named)],
        "waiting": [(each, url, form(each)) for each, url in papers if each.state == "waiting"],
        "papers": [(each, url, form(each)) for each, url in papers if each.state != "waiting"],
        "today": today,
    }
    return render(request, "office/profile.html", context, status=status)


@require_POST
@firm_required
def answer_claim(request, claim_id):
    rows = Claim.objects.visible_to(request.user).select_related("secretary__user")
    claim = get_object_or_404(rows, pk=claim_id)
    if request.POST.get("answer") == "back":
        return _answer(request, claim, claiming.accept, claiming.revoke, refused=_taken_back())
    return _answer(request, claim, claiming.accept, claiming.refuse)


@require_POST
@firm_required
def answer_certificate(request, certificate_id):
    rows = Certificate.objects.visible_to(request.user).select_related("secretary__user")
    certificate = get_object_or_404(rows, pk=certificate_id)
    if request.POST.get("answer") == "back":
        return _answer(request, certificate, proving.check, proving.take_back, refused=_taken_back())
    return _answer(request, certificate, proving.check, proving.refuse)


def _taken_back() -> str:
    return _("Taken back. It counts no longer, and she is told.")


def _answer(request, row, accept, refuse, *, refused=None):
    form = AnswerForm(request.POST, auto_id=f"id_{row.pk}_%s")
    accepts = request.POST.get("answer") == "yes"
    if form.is_valid() and not accepts and not form.cleaned_data["words"]:
        form.add_error("words", _("Say why, so that she can put it right."))
    if not form.is_valid():
        return _shown(request, row.secretary, answered=(row.pk, form), status=422)
    said, facts = form.cleaned_data, {"by": request.user, "at": clock.now()}
    try:
        if not accepts:
            refuse(row, because=said["words"], **facts)
        elif accept is claiming.accept:
            accept(row, how=said["how"] or "said", **facts)
        else:
            accept(row, **facts)
    except NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(
            request, _("Accepted. It counts from now on.") if accepts else refused or _("Not accepted.")
        )
    return see_other(request, reverse("profile", args=[row.secretary_id]))
