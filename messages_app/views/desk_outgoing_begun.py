"""The mails in clients' names that are being written, that wait or have left; and a new one."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from clients import stretches
from clients.models import WorkRecord
from messages_app.answering import drafting
from messages_app.forms.outgoing import NewMailForm
from messages_app.models import Mailbox, OutgoingMail
from messages_app.views.desk_outgoing import back_to, keep_time
from secretariat import clock
from secretariat.office.guards import secretary_required
from secretariat.paging import page

State = OutgoingMail.State
SHOWN = {
    "": [State.DRAFTING, State.CHANGES, State.AWAITING, State.FAILED, State.UNKNOWN],
    "leaving": [State.SCHEDULED, State.SENDING],
    "sent": [State.SENT],
}


@secretary_required
@require_safe
def index(request):
    """What is being written, what waits to leave, and what has left."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    rows = OutgoingMail.objects.visible_to(request.user).filter(state__in=SHOWN[show])
    rows = rows.select_related("client", "author", "thread__claimed_by")
    listed = page(rows, newest_by="began_at", after=request.GET.get("after", ""))
    context = {"show": show, "rows": listed.rows, "next": listed.next}
    return render(request, "messages_app/outgoing/index.html", context)


@secretary_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request):
    """A mail to somebody who has not written."""
    boxes = Mailbox.objects.visible_to(request.user).filter(ended_at=None).select_related("client")
    form = NewMailForm(request.POST or None, mailboxes=boxes)
    if request.method == "POST" and form.is_valid():
        said, at = form.cleaned_data, clock.now()
        draft = drafting.begin(said["mailbox"], by=request.user, at=at, to=said["to"])
        keep_time(request, draft, kind=WorkRecord.Kind.MAIL, at=at)
        return back_to(request, draft)
    context = {"form": form, "boxes": boxes.exists(), "began": stretches.field(request)}
    return render(request, "messages_app/outgoing/write.html", context, status=422 if form.errors else 200)
