"""For an outsourcing company: the contracts made through it, which it reads and signs, and its own people."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office import company_people, inviting
from secretariat.office.contracts import agreeing, holding, wording
from secretariat.office.forms.contracts import RefuseForm, SigningForm
from secretariat.office.forms.joining import CompanyPersonForm
from secretariat.office.guards import partner_required
from secretariat.office.models import Contract, Invitation

from .contracts import as_pdf


def _theirs(request):
    return Contract.objects.visible_to(request.user).filter(partner=request.user.roles.partner)


def _one(request, contract_id) -> Contract:
    return get_object_or_404(_theirs(request).select_related("secretary__user", "partner"), pk=contract_id)


# --- Contracts -------------------------------------------------------------------------------------------


@require_GET
@partner_required
def contract(request, contract_id):
    found = _one(request, contract_id)
    ledger.looked(request.user, None, ("office.contract", found.pk))  # she can read who looked
    return _shown(request, found)


def _shown(request, found, *, signing=None, refusing=None, status=200):
    earlier = holding.before(found)
    if earlier and earlier.partner_id != found.partner_id:
        earlier = None  # what she agreed with others is not theirs to read
    context = {
        "contract": found,
        "sections": found.words,
        "earlier": earlier,
        "differences": wording.differences(earlier.words, found.words) if earlier else [],
        "signings": found.signings.visible_to(request.user),
        "said": found.thread.visible_to(request.user).filter(by=request.user),
        "is_her_own": found.secretary.user_id == request.user.pk,
        "signing": signing or SigningForm(initial={"sha256": found.sha256}),
        "refusing": refusing or RefuseForm(),
    }
    return render(request, "office/company_contract.html", context, status=status)


def _back(request, found, verb, said, **facts):
    try:
        verb(found, by=request.user, at=clock.now(), **facts)
    except agreeing.NotNow as words:
        messages.error(request, str(words))
    else:
        messages.success(request, said)
    return see_other(request, reverse("partner-contract", args=[found.pk]))


@require_POST
@partner_required
def sign(request, contract_id):
    found, form = _one(request, contract_id), SigningForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, signing=form, status=422)
    facts = {"name": form.cleaned_data["name"], "sha256": form.cleaned_data["sha256"]}
    said = _("Signed for your company. It holds once all sides have signed.")
    return _back(request, found, agreeing.sign_for_company, said, **facts)


@require_POST
@partner_required
def refuse(request, contract_id):
    found, form = _one(request, contract_id), RefuseForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, refusing=form, status=422)
    said = _("Declined. The firm reads why, and can offer another version.")
    because = form.cleaned_data["because"]
    return _back(request, found, agreeing.refuse_for_company, said, because=because)


@require_GET
@partner_required
def pdf(request, contract_id):
    return as_pdf(request, _one(request, contract_id))


# --- Its people ------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@partner_required
def people(request):
    """Who of the company signs in here, who is invited, and inviting somebody."""
    company = company_people.of(request.user)
    form = CompanyPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            company_people.invite(company, by=request.user, at=clock.now(), **said)
        except company_people.NotPossible as words:
            form.add_error("email", str(words))
        else:
            messages.success(request, _("An invitation to %(name)s is on its way.") % {"name": said["name"]})
            return see_other(request, reverse("partner-people"))
    context = {
        "company": company,
        "people": company_people.current(company),
        "invitations": _invitations(request).order_by("name", "pk"),
        "form": form,
        "at": clock.now(),
    }
    return render(request, "office/company_people.html", context, status=422 if form.errors else 200)


def _invitations(request):
    rows = Invitation.objects.visible_to(request.user).unanswered()
    return rows.filter(gives=company_people.GIVES, subject_id=request.user.roles.partner)


@require_POST
@partner_required
def take_out(request, user_id):
    person = get_object_or_404(company_people.current(company_people.of(request.user)), user=user_id)
    try:
        company_people.take_out(person, by=request.user, at=clock.now())
    except company_people.NotPossible as words:
        messages.error(request, str(words))
    else:
        said = _("%(name)s is of your company here no more.") % {"name": person.user.name}
        messages.success(request, said)
    return see_other(request, reverse("partner-people"))


@require_POST
@partner_required
def invite_again(request, invitation_id):
    invitation = get_object_or_404(_invitations(request), pk=invitation_id)
    inviting.again(invitation, by=request.user, at=clock.now())
    messages.success(request, _("A new link is on its way; the earlier one opens no more."))
    return see_other(request, reverse("partner-people"))


@require_POST
@partner_required
def take_back(request, invitation_id):
    invitation = get_object_or_404(_invitations(request), pk=invitation_id)
    inviting.withdraw(invitation, by=request.user, at=clock.now())
    messages.success(request, _("Taken back. The link opens no more."))
    return see_other(request, reverse("partner-people"))
