"""What is said of a conversation at the desk: what it is, that it needs no answer, that it does after all."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from clients import stretches
from clients.models import Client, WorkRecord
from messages_app.forms.inbox import DayForm
from messages_app.mail import choosing, coming_up, standing
from messages_app.models import MailThread
from messages_app.views.desk_inbox import keep_seconds, thread_of
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.guards import secretary_required


@secretary_required
@require_POST
def verdict(request, thread_id):
    """She says what it is."""
    found, at = thread_of(request, thread_id), clock.now()
    said = request.POST.get("verdict", "")
    if said not in MailThread.Verdict.values:
        return see_other(request, reverse("inbox-thread", args=[found.pk]))
    on = None
    if said == MailThread.Verdict.LATER and "on" in request.POST:
        form = DayForm(request.POST, today=at.astimezone(found.client.tz).date())
        if not form.is_valid():
            messages.warning(request, " ".join(form.errors["on"]))
            return see_other(request, reverse("inbox-thread", args=[found.pk]))
        on = form.cleaned_data["on"]
    if choosing.call_it(found, said, by=request.user, at=at, on=on):
        keep_seconds(request, found, at=at)
    return see_other(request, reverse("inbox-thread", args=[found.pk]))


@secretary_required
@require_POST
def propose(request, thread_id):
    """She proposes to the client that it be so with every mail of this author."""
    found, at = thread_of(request, thread_id), clock.now()
    if choosing.propose(found, by=request.user, at=at):
        keep_seconds(request, found, at=at)
    return see_other(request, reverse("inbox-thread", args=[found.pk]))


@secretary_required
@require_POST
def done(request, thread_id):
    """It needs no answer, or had one by another way."""
    found, at = thread_of(request, thread_id), clock.now()
    if standing.end(found, _("Dealt with"), by=request.user, at=at):
        keep_seconds(request, found, at=at)
    coming_up.finish(found.client_id, by=request.user)
    return see_other(request, reverse("inbox"))


@secretary_required
@require_POST
def looked_through(request, client_id):
    """What machines wrote to this client, and nobody named a day for, is read."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_id)
    at = clock.now()
    count = coming_up.looked_through(client.pk, by=request.user, at=at)
    if count:
        subject = (coming_up.OF_CLIENT, client.pk)
        stretches.keep(request, kind=WorkRecord.Kind.READING, client_id=client.pk, subject=subject, at=at)
    messages.success(
        request,
        ngettext("%(n)s mail is looked through.", "%(n)s mails are looked through.", count) % {"n": count},
    )
    return see_other(request, reverse("inbox") + "?show=later")


@secretary_required
@require_POST
def reopen(request, thread_id):
    found, at = thread_of(request, thread_id), clock.now()
    if choosing.reopen(found, by=request.user, at=at):
        keep_seconds(request, found, at=at)
    return see_other(request, reverse("inbox-thread", args=[found.pk]))
