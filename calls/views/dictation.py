"""Dictating from the portal: where to ring and by which PIN, and recordings that are handed in."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from calendar_app.booking import diary_of
from calls.dictation import booked_mail, booking, dictating, keys
from calls.forms.dictating import BookDictationForm
from calls.forms.dictation import PinForm, RecordingForm
from calls.models import Dictation, DictationKey, DictationLine
from clients import wording
from clients.doors import portal_required
from clients.models import Contact
from secretariat import clock
from secretariat.next import see_other

from .dictating import booked_by


@require_http_methods(["GET", "HEAD", "POST"])
@portal_required
def line(request):
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pin = form.cleaned_data["pin"]
            keys.set_pin(request.contact, pin, by=request.user, at=clock.now())
        except keys.TooEasy as refusal:
            form.add_error("pin", str(refusal))
        else:
            messages.success(request, _("The PIN is set. You can dictate by telephone."))
            return see_other(request, reverse("dictation-line"))
    key = DictationKey.objects.visible_to(request.user).filter(contact=request.contact).first()
    context = {
        "client": request.contact.client,
        "form": form,
        "key": key,
        "lines": DictationLine.objects.visible_to(request.user).filter(is_active=True),
    }
    return render(request, "calls/dictation_line.html", context, status=422 if form.errors else 200)


@require_POST
@portal_required
def end(request):
    """She does not dictate by telephone any more."""
    if keys.take_away(request.contact, by=request.user):
        messages.success(request, _("The line no longer knows you."))
    return see_other(request, reverse("dictation-line"))


@require_http_methods(["GET", "HEAD", "POST"])
@portal_required
def hand_in(request):
    """A recording from a file, or made on this page."""
    form = RecordingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made_here = said["recorded"] is not None
        item = dictating.hand_in(
            request.contact,
            said["file"],
            kind=form.kind,
            source=Dictation.Source.BROWSER if made_here else Dictation.Source.FILE,
            seconds=said["recorded"],
            urgent=said["urgent"],
            note=said["note"],
            at=clock.now(),
        )
        messages.success(request, _("Your secretary has it, as dictation %(n)d.") % {"n": item.number})
        return see_other(request, reverse("dictation-new"))
    context = {"client": request.contact.client, "form": form}
    return render(request, "calls/dictation_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@portal_required
def book(request):
    """A time at which she, or somebody beside her, dictates by telephone, and who is rung for it."""
    client = request.contact.client
    people = Contact.objects.visible_to(request.user).filter(client=client, is_active=True)
    team = booking.team_of(client)
    typist = booking.usual_typist(client) or team.first()
    form = BookDictationForm(
        request.POST if request.method == "POST" else None,
        people=people,
        team=team,
        place=wording.place(diary_of(client).zone_name),
        initial={"contact": request.contact.pk, "typist": typist and typist.pk},
    )
    if form.is_valid() and booked_by(request, form):
        messages.success(request, _("Booked. All of you are rung at its time."))
        return see_other(request, booked_mail.IN_PORTAL)
    context = {"client": client, "form": form, "nobody": typist is None}
    return render(request, "calls/dictation_portal_book.html", context, status=422 if form.errors else 200)
