"""A secretary's own profile: what she shows, what she can do, and the papers that prove it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from secretariat import clock
from secretariat.next import see_other
from secretariat.office.contracts import holding
from secretariat.office.forms.profile import CertificateForm, LanguageForm, ProfileForm, SkillForm
from secretariat.office.guards import for_herself
from secretariat.office.models import Certificate, Claim, Skill
from secretariat.office.profiles import claiming, keeping, proving, showing
from secretariat.office.profiles.proving import NotNow

# Several forms of this page ask for a paper: each label is that of its own field.
OF_SKILL, OF_LANGUAGE, OF_PAPER = "id_skill_%s", "id_language_%s", "id_certificate_%s"


@require_http_methods(["GET", "POST"])
@for_herself
def page(request):
    """The whole of it; posting keeps what she shows."""
    profile = showing.of(request.secretary)
    form = ProfileForm(request.POST or None, instance=profile)
    if request.method == "POST" and form.is_valid():
        keeping.keep(form.save(commit=False), by=request.user, at=clock.now())
        messages.success(request, _("Kept."))
        return _back(request)
    return _shown(request, profile=form, status=422 if form.errors else 200)


def _shown(request, *, profile=None, skill=None, language=None, paper=None, status=200):
    her = request.secretary
    found = showing.of(her)
    papers = Certificate.objects.visible_to(request.user).filter(secretary=her).select_related("training")
    context = {
        "secretary": her,
        "profile": found,
        "lines": showing.lines(her),
        "typing": proving.typing_of(her),
        "claims": claiming.with_papers(
            _hers(request).select_related("skill").exclude(state=Claim.State.ACCEPTED)[:20]
        ),
        "papers": proving.with_papers(papers),
        "today": holding.today(her, clock.now()),
        "profile_form": profile or ProfileForm(instance=found),
        "skill_form": skill or _skill_form(request),
        "language_form": language or LanguageForm(auto_id=OF_LANGUAGE),
        "paper_form": paper or CertificateForm(auto_id=OF_PAPER),
    }
    return render(request, "office/my_profile.html", context, status=status)


def _hers(request):
    return Claim.objects.visible_to(request.user).filter(secretary=request.secretary)


def _skill_form(request, *said) -> SkillForm:
    return SkillForm(*said, skills=Skill.objects.visible_to(request.user), auto_id=OF_SKILL)


def _back(request):
    return see_other(request, reverse("my-profile"))


@require_POST
@for_herself
def name_skill(request):
    form = _skill_form(request, request.POST, request.FILES)
    return _named(request, form, skill=form)


@require_POST
@for_herself
def name_language(request):
    form = LanguageForm(request.POST, request.FILES, auto_id=OF_LANGUAGE)
    return _named(request, form, language=form)


def _named(request, form, **shown):
    if form.is_valid():
        try:
            facts = form.cleaned_data | {"content_type": form.content_type}
            claiming.name(request.secretary, at=clock.now(), **facts)
        except NotNow as words:
            form.add_error(None, str(words))
        else:
            messages.success(request, _("Named. It counts as soon as the firm has accepted it."))
            return _back(request)
    return _shown(request, status=422, **shown)


@require_POST
@for_herself
def take_back(request, claim_id):
    claim = get_object_or_404(_hers(request), pk=claim_id)
    return _done(request, claiming.take_back, claim)


@require_POST
@for_herself
def hand_in(request):
    form = CertificateForm(request.POST, request.FILES, auto_id=OF_PAPER)
    if not form.is_valid():
        return _shown(request, paper=form, status=422)
    proving.hand_in(request.secretary, **form.cleaned_data, content_type=form.content_type, at=clock.now())
    messages.success(request, _("Handed in. It counts as soon as the firm has looked at it."))
    return _back(request)


@require_POST
@for_herself
def take_away(request, certificate_id):
    hers = Certificate.objects.visible_to(request.user).filter(secretary=request.secretary)
    return _done(request, proving.take_away, get_object_or_404(hers, pk=certificate_id))


def _done(request, verb, row):
    try:
        verb(row, by=request.user)
    except NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, _("Taken back."))
    return _back(request)
