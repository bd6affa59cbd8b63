"""The portal's *Notifications*: by which ways a person at the client is told of what, when, and where."""

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import suppressing, wishes
from clients.doors import owns_client, portal_required
from clients.models import CallType, Channel, Contact, ContactAddress, DeliveryRule, Device
from messages_app import delivering, devices, foretelling, own_addresses
from messages_app.forms.notifications import (
    CodeForm,
    DeviceForm,
    NewAddressForm,
    NotificationsForm,
    RenewedForm,
    offered,
)
from secretariat import clock
from secretariat.channels import push
from secretariat.next import see_other

SAID = {
    own_addresses.Outcome.WRONG: _("This is not the code. Look again, or ask for another."),
    own_addresses.Outcome.OVER: _("This code is over. Ask for another."),
    own_addresses.Outcome.LOCKED: _("There were too many wrong codes. Wait an hour, or ask the office."),
}
NORMAL, URGENT = 1, 3


@require_http_methods(["GET", "POST"])
@portal_required
def page(request):
    return _wishes(request, request.contact, reverse("notifications"))


@require_http_methods(["GET", "POST"])
@owns_client
def of_member(request, contact_id):
    """An owner says it for somebody else at her client. Where it goes is said there, or on *People*."""
    people = Contact.objects.visible_to(request.user).filter(client=request.contact.client_id, is_active=True)
    person = get_object_or_404(people.select_related("client"), pk=contact_id)
    return _wishes(request, person, reverse("notifications-of", args=[person.pk]))


@require_POST
@portal_required
def new_address(request):
    form = NewAddressForm(request.POST, country=request.contact.client.country)
    if not form.is_valid():
        return _shown(request, request.contact, new=form, status=422)
    try:
        own_addresses.ask(request.contact, by=request.user, at=clock.now(), **form.cleaned_data)
    except own_addresses.NotNow as refusal:
        form.add_error("value", str(refusal))
        return _shown(request, request.contact, new=form, status=422)
    return see_other(request, reverse("notifications") + "#code")


@require_POST
@portal_required
def code(request):
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _shown(request, request.contact, code=form, status=422)
    said = form.cleaned_data
    outcome = own_addresses.confirm(
        request.contact, said["code"], kind=said["kind"], by=request.user, at=clock.now()
    )
    if outcome != own_addresses.Outcome.CONFIRMED:
        form.add_error("code", SAID[outcome])
        return _shown(request, request.contact, code=form, status=422)
    messages.success(request, _("Confirmed. Messages go there from now on."))
    return see_other(request, reverse("notifications"))


@require_POST
@portal_required
def send_test(request, address_id):
    address = _hers(request, address_id)
    try:
        own_addresses.test(address, by=request.user, at=clock.now())
    except own_addresses.NotNow as refusal:
        messages.error(request, str(refusal))
    return see_other(request, reverse("notifications") + "#addresses")


@require_POST
@portal_required
def again(request, address_id):
    """The mailbox works again. STOP is taken back by a text from the telephone itself, not here."""
    address = _hers(request, address_id)
    if address.kind == ContactAddress.Kind.EMAIL:
        suppressing.lift(Channel.EMAIL, address.value, by=request.user)
        messages.success(request, _("Mail goes there again. Send yourself a test."))
    return see_other(request, reverse("notifications") + "#addresses")


@require_POST
@portal_required
def switch_on(request):
    """Push, in the browser that posts this."""
    if not push.is_configured():
        messages.error(request, _("Push is not offered by this office."))
        return see_other(request, reverse("notifications"))
    form = DeviceForm(request.POST)
    if not form.is_valid():
        return _shown(request, request.contact, device=form, status=422)
    try:
        devices.switch_on(
            request.contact,
            name=form.cleaned_data["name"],
            subscription=form.subscription,
            by=request.user,
            at=clock.now(),
        )
    except devices.NotNow as refusal:
        form.add_error(None, str(refusal))
        return _shown(request, request.contact, device=form, status=422)
    messages.success(request, _("Push is on in this browser. Send yourself a test."))
    return see_other(request, reverse("notifications") + "#push")


@require_POST
@portal_required
def switch_off(request, device_id):
    devices.switch_off(_device(request, device_id), by=request.user)
    messages.success(request, _("Push is off there."))
    return see_other(request, reverse("notifications") + "#push")


@require_POST
@portal_required
def test_push(request, device_id):
    try:
        devices.test(_device(request, device_id), by=request.user, at=clock.now())
    except devices.NotNow as refusal:
        messages.error(request, str(refusal))
    return see_other(request, reverse("notifications") + "#push")


@csrf_exempt  # no page of ours posts this: the browser itself does, whether or not she is signed in there
@login_not_required
@require_POST
def renewed(request):
    """A browser in which push is on has another address now. The secret of the one before is its proof."""
    form = RenewedForm(request.POST)
    if not push.is_configured() or not form.is_valid():
        return HttpResponse(status=404)
    said = form.cleaned_data
    known = devices.renew(before=said["before"], secret=said["secret"], now=form.subscription)
    return HttpResponse(status=204 if known else 404)


@require_GET
@login_not_required
@csp({"default-src": [NONE], "connect-src": [SELF]})
def worker(request):
    """What shows notices in a client's browser, also while no page of ours is open.

    Its address decides what it may be for, so it stands at the root. It may ask for nothing elsewhere.
    """
    answer = render(request, "messages_app/push_worker.js", content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


def _device(request, device_id) -> Device:
    rows = Device.objects.visible_to(request.user).filter(contact=request.contact)
    return get_object_or_404(rows.select_related("contact__client"), pk=device_id)


def _hers(request, address_id) -> ContactAddress:
    rows = ContactAddress.objects.visible_to(request.user).filter(
        contact=request.contact, kind__in=own_addresses.CHANNEL
    )
    return get_object_or_404(rows.select_related("contact__client"), pk=address_id)


def _wishes(request, person, here):
    if request.method == "GET":
        return _shown(request, person)
    form = _form(request, person, request.POST)
    if not form.is_valid():
        return _shown(request, person, form=form, status=422)
    wishes.keep(person, form.wishes, by=request.user, **form.facts)
    messages.success(request, _("Saved. It holds for messages taken from now on."))
    return see_other(request, here)


def _form(request, person, data=None) -> NotificationsForm:
    return NotificationsForm(
        data,
        contact=person,
        rules=DeliveryRule.objects.visible_to(request.user).filter(contact=person).order_by("pk"),
        call_types=CallType.objects.visible_to(request.user).filter(client=person.client_id, is_active=True),
        reached_by={channel.value for channel in offered() if delivering.address_of(person, channel)},
        of_others=request.contact.sees_all,
    )


def _shown(request, person, *, form=None, new=None, code=None, device=None, status=200):
    client, at, own = request.contact.client, clock.now(), person.pk == request.contact.pk
    prefetch_related_objects([person], "addresses")
    suppressing.marked([person])
    addresses = list(person.addresses.all())
    for address in addresses:
        kind = ContactAddress.Kind(address.kind)
        address.way = own_addresses.CHANNEL.get(kind, "")
        address.tested = own_addresses.last_test(address) if own and address.way else None
    others = Contact.objects.visible_to(request.user).filter(client=client, is_active=True)
    context = {
        "client": client,
        "person": person,
        "own": own,
        "form": form or _form(request, person),
        "new": new or NewAddressForm(country=client.country),
        "code": code,
        "checks": [
            (check, code if code and code.data.get("kind") == kind else CodeForm(initial={"kind": kind}))
            for kind in own_addresses.CHANNEL
            if own and (check := own_addresses.waiting(person, kind, at=at))
        ],
        "addresses": addresses,
        "push_key": push.public_key() if own and push.is_configured() else "",
        "devices": _devices(request) if own else [],
        "device": device or DeviceForm(),
        "text_from": settings.TWILIO_TEXT_FROM,
        "others": others.exclude(pk=person.pk) if request.contact.is_owner else [],
        "told": [
            (name, foretelling.told(client, contact=person, urgency=urgency, at=at))
            for name, urgency in ((_("A normal message"), NORMAL), (_("An urgent message"), URGENT))
        ],
        "urgent": foretelling.sentences(
            client, contact=person, urgency=URGENT, at=at, zone=request.user.zone
        ),
        "at": at,
    }
    return render(request, "messages_app/notifications.html", context, status=status)


def _devices(request) -> list[Device]:
    rows = list(Device.objects.visible_to(request.user).filter(contact=request.contact))
    for row in rows:
        row.is_old = not row.ended_at and row.signed_by != push.mark()
        row.tested = devices.last_test(row)
    return rows
