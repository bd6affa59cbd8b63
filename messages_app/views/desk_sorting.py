"""What is said of a conversation at the desk: what it is, that it needs no answer, that it does after all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from clients import stretches
from clients.models import Client, WorkRecord
from messages_app.forms.inbox import DayForm
from messages_app.mail import choosing, coming_up, standing
from messages_app.models import MailThread
from messages_app.views.desk_inbox import keep_seconds, thread_of, uuid_in
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.guards import secretary_required

NO_MAIL = UUID(int=0)  # older than any


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
    try:
        if choosing.call_it(found, said, by=request.user, at=at, seen=_seen(request), on=on):
            keep_seconds(request, found, at=at)
    except standing.MoreCame:
        return _to_what_came(request, found)
    return see_other(request, reverse("inbox-thread", args=[found.pk]))


def _seen(request) -> UUID | None:
    """The newest mail of the conversation on her page; None where the page does not say."""
    said = request.POST.get("seen", request.GET.get("seen"))
    return None if said is None else uuid_in(said) or NO_MAIL


def _to_what_came(request, thread: MailThread) -> HttpResponse:
    """Wherever she was, she goes to the conversation: what came stands there."""
    messages.warning(request, _("Nothing was changed: a newer mail has come in this conversation."))
    return redirect("inbox-thread", thread.pk)


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
    try:
        if standing.end(found, _("Dealt with"), by=request.user, at=at, seen=_seen(request)):
            keep_seconds(request, found, at=at)
    except standing.MoreCame:
        return _to_what_came(request, found)
    coming_up.finish(found.client_id, by=request.user)
    return see_other(request, reverse("inbox"))


@secretary_required
@require_POST
def looked_through(request, client_id):
    """What machines wrote to this client, and nobody named a day for, is read."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_id)
    at = clock.now()
    said = request.POST.get("shown")
    shown = None if said is None else {found for each in said.split(",") if (found := uuid_in(each))}
    count = coming_up.looked_through(client.pk, by=request.user, at=at, shown=shown)
    if count:
        subject = (coming_up.OF_CLIENT, client.pk)
        stretches.keep(request, kind=WorkRecord.Kind.READING, client_id=client.pk, subject=subject, at=at)
    messages.success(
        request,
        ngettext("%(n)s mail is looked through.", "%(n)s mails are looked through.", count) % {"n": count},
    )
    there = f"{reverse('inbox')}?show=later"
    if coming_up.is_left(client.pk):
        messages.warning(request, _("More has come up since. Look through that, too."))
        there += f"&client={client.pk}"
    return see_other(request, there)


@secretary_required
@require_POST
def reopen(request, thread_id):
    found, at = thread_of(request, thread_id), clock.now()
    if choosing.reopen(found, by=request.user, at=at):
        keep_seconds(request, found, at=at)
    return see_other(request, reverse("inbox-thread", args=[found.pk]))
