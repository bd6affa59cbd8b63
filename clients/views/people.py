"""The portal's *People*: who is there and is told what; an owner changes it, others read."""

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import people, suppressing
from clients.doors import owns_client, speaks_for_client
from clients.forms.people import InviteForm, NewPersonForm, PersonForm
from clients.models import Contact, ContactAddress, DeliveryRule
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.models import Invitation


@require_GET
@speaks_for_client
def page(request):
    rules = DeliveryRule.objects.visible_to(request.user).select_related("call_type")
    listed = _theirs(request).prefetch_related("addresses", Prefetch("delivery_rules", rules))
    return render(
        request,
        "clients/people.html",
        {
            "client": request.contact.client,
            "people": [
                (person, _invitation(request, person))
                for person in suppressing.marked(listed.filter(is_active=True))
            ],
            "gone": listed.filter(is_active=False),
            "is_owner": request.contact.is_owner,
        },
    )


@require_http_methods(["GET", "POST"])
@owns_client
def add(request):
    form = NewPersonForm(request.POST or None, client=request.contact.client)
    if not form.is_valid():
        return _form_page(request, form)
    person = people.add(request.contact.client, by=request.user, at=clock.now(), **form.facts)
    if form.cleaned_data["email"]:
        messages.success(request, _("%(name)s is invited.") % {"name": person.name})
    else:
        messages.success(request, _("%(name)s is on the list.") % {"name": person.name})
    return see_other(request, reverse("people"))


@require_http_methods(["GET", "POST"])
@owns_client
def change(request, contact_id):
    person = _one(request, contact_id)
    form = PersonForm(request.POST or None, client=request.contact.client, contact=person)
    if not form.is_valid():
        return _form_page(request, form, person)
    try:
        people.change(person, by=request.user, **form.facts)
    except people.NotPossible as refusal:
        form.add_error("standing", str(refusal))
        return _form_page(request, form, person)
    messages.success(request, _("Saved."))
    return see_other(request, reverse("people"))


@require_http_methods(["GET", "POST"])
@owns_client
def invite(request, contact_id):
    person = _one(request, contact_id)
    if request.method == "GET":
        mailboxes = ContactAddress.objects.visible_to(request.user).filter(contact=person, kind="email")
        before = _invitation(request, person)
        email = before.email if before else mailboxes.values_list("value", flat=True).first()
        return _invite_page(request, InviteForm(initial={"email": email}), person)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _invite_page(request, form, person, status=422)
    try:
        people.invite(person, email=form.cleaned_data["email"], by=request.user, at=clock.now())
    except people.NotPossible as refusal:
        form.add_error("email", str(refusal))
        return _invite_page(request, form, person, status=422)
    messages.success(request, _("%(name)s is invited.") % {"name": person.name})
    return see_other(request, reverse("people"))


@require_http_methods(["GET", "POST"])
@owns_client
def deactivate(request, contact_id):
    return _end(request, contact_id, people.deactivate, "clients/person_gone.html")


@require_http_methods(["GET", "POST"])
@owns_client
def delete(request, contact_id):
    return _end(request, contact_id, people.delete, "clients/person_delete.html")


@require_POST
@owns_client
def bring_back(request, contact_id):
    people.bring_back(_one(request, contact_id), by=request.user)
    messages.success(request, _("Saved."))
    return see_other(request, reverse("people"))


def _end(request, contact_id, verb, template):
    """A page that asks, and its answer. `verb` raises NotPossible with what she is used by."""
    person = _one(request, contact_id)
    context = {"client": request.contact.client, "person": person, "used_by": people.used_by(person)}
    if request.method == "GET":
        return render(request, template, context)
    try:
        verb(person, by=request.user, at=clock.now())
    except people.NotPossible as refusal:
        return render(request, template, context | {"refusal": str(refusal)}, status=422)
    messages.success(request, _("Saved."))
    return see_other(request, reverse("people"))


def _theirs(request):
    return Contact.objects.visible_to(request.user).filter(client=request.contact.client_id)


def _one(request, contact_id) -> Contact:
    return get_object_or_404(_theirs(request).select_related("client"), pk=contact_id)


def _invitation(request, person) -> Invitation | None:
    """The last link sent to her that she has not used, for an owner to see."""
    if person.user_id or not request.contact.is_owner:
        return None
    sent = Invitation.objects.visible_to(request.user).unanswered()
    return sent.filter(subject_id=person.pk, client_id=person.client_id).first()


def _form_page(request, form, person=None):
    context = {"form": form, "client": request.contact.client, "person": person}
    return render(request, "clients/person_form.html", context, status=422 if form.is_bound else 200)


def _invite_page(request, form, person, status=200):
    context = {"form": form, "client": request.contact.client, "person": person}
    return render(request, "clients/person_invite.html", context, status=status)
