"""A serial letter in the portal: read once, looked at copy by copy, agreed to or sent back as one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clients.doors import speaks_for_client
from messages_app.forms.letter import WishForm
from messages_app.letters import enclosing, files_of, serials
from messages_app.models import Letter, LetterVersion, SerialLetter
from messages_app.views.desk_letters import changes
from messages_app.views.letter_acts import version_shown
from messages_app.views.portal_letters import linked
from secretariat import clock, ledger
from secretariat.next import see_other

A_PAGE = 50


@require_safe
@speaks_for_client
def detail(request, serial_id):
    return _show(request, _serial(request, serial_id), WishForm())


@require_POST
@speaks_for_client
def agree(request, serial_id):
    serial = _serial(request, serial_id)
    try:
        serials.agree(serial, version=version_shown(request), **_who(request))
    except serials.NotAsSeen:
        messages.error(request, _("There is a newer version, or somebody has decided. Nothing was done."))
    else:
        messages.success(request, _("Agreed. They will be posted."))
    return see_other(request, reverse("letters-portal-serial", args=[serial.pk]))


@require_POST
@speaks_for_client
def change(request, serial_id):
    serial = _serial(request, serial_id)
    form = WishForm(request.POST)
    if not form.is_valid():
        return _show(request, serial, form, status=422)
    words = form.cleaned_data["words"]
    try:
        serials.wish(serial, version=version_shown(request), words=words, **_who(request))
    except serials.NotAsSeen:
        form.add_error(None, _("There is a newer version, or somebody has decided. Your words stand below."))
        return _show(request, serial, form, status=422)
    messages.success(request, _("Your secretary reads what you want changed."))
    return see_other(request, reverse("letters-portal-serial", args=[serial.pk]))


def _show(request, serial, form, status=200):
    serial.refresh_from_db()
    after = request.GET.get("after", "")
    after = int(after) if after.isdecimal() and len(after) < 6 else 0
    copies = Letter.objects.visible_to(request.user).filter(serial=serial, shown_at__isnull=False)
    copies = copies.exclude(state=Letter.State.WITHDRAWN).with_newest().order_by("number")
    shown = list(copies[after : after + A_PAGE + 1])
    versions = LetterVersion.objects.visible_to(request.user).filter(letter__in=shown[:1])
    versions = versions.filter(asked_at__isnull=False).select_related("letter__client")
    sample = versions.order_by("-number").first()
    ledger.looked(request.user, serial.client_id, ("messages_app.serialletter", serial.pk))
    put_in = enclosing.files_of_all(serial)
    files = put_in if serial.files_shown is None else files_of.read_back(serial.files_shown)
    context = {
        "client": serial.client,
        "serial": serial,
        "counted": serials.counted(serial),
        "sample": sample,
        "changes": changes(sample) if sample else [],  # those of one stand for all that were written together
        "apart": serials.apart(serial),
        "copies": shown[:A_PAGE],
        "next": after + A_PAGE if len(shown) > A_PAGE else None,
        "files": linked(files, put_in),
        "form": form,
    }
    return render(request, "messages_app/serials/portal.html", context, status=status)


def _serial(request, serial_id) -> SerialLetter:
    rows = SerialLetter.objects.visible_to(request.user).select_related("client", "decided_by")
    return get_object_or_404(rows.filter(client=request.contact.client, shown_at__isnull=False), pk=serial_id)


def _who(request) -> dict:
    return {"contact": request.contact, "by": request.user, "at": clock.now()}
