"""Mail that no program understood: read, and put aside."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from clients import stretches
from clients.models import WorkRecord
from messages_app import mail_in
from messages_app.models import InboundMail
from secretariat import clock, ledger, media
from secretariat.media import guards
from secretariat.next import see_other
from secretariat.office.guards import secretary_required


def _mail(request, mail_id) -> InboundMail:
    mails = InboundMail.objects.visible_to(request.user).select_related("client", "correspondent", "read_by")
    return get_object_or_404(mails, pk=mail_id)


@secretary_required
@require_safe
def detail(request, mail_id):
    mail = _mail(request, mail_id)
    if mail.client_id:
        ledger.looked(request.user, mail.client_id, ("messages_app.inboundmail", mail.pk))
    file = mail_in.original_of(mail)
    context = {"mail": mail, "client": mail.client, "began": stretches.began(request)}
    if file and guards.may_take(request.user, file):
        context["original"] = media.url(file)
    return render(request, "messages_app/mail_came.html", context)


@secretary_required
@require_POST
def done(request, mail_id):
    """Somebody has read it, and seen to what it asks."""
    mail, at = _mail(request, mail_id), clock.now()
    if mail_in.deal_with(mail, by=request.user, at=at):
        _keep_seconds(request, mail, at=at)
    return see_other(request, reverse("messages-mail", args=[mail.pk]))


def _keep_seconds(request, mail: InboundMail, *, at) -> None:
    """It was read, and seen to. Whose it is, nobody may know: then it is the office's own work."""
    stretches.keep(
        request,
        kind=WorkRecord.Kind.READING if mail.client_id else WorkRecord.Kind.DESK,
        client_id=mail.client_id,
        subject=(mail_in.SUBJECT, mail.pk),
        at=at,
    )
