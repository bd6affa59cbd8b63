"""What a client answered by word of mouth, written down at the desk beside the mail it is for."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.models import WorkRecord
from messages_app.answering import asking_client, hours
from messages_app.forms.outgoing import ToldForm
from messages_app.models import ClientQuestion
from messages_app.views.desk_outgoing import back_to, keep_time, outgoing_of
from secretariat import clock
from secretariat.office.guards import secretary_required


@secretary_required
@require_POST
def told(request, outgoing_id, question_id):
    """She said it on the telephone, or in a mail that nobody could prove to be hers."""
    outgoing = outgoing_of(request, outgoing_id)
    rows = ClientQuestion.objects.visible_to(request.user).select_related("client", "contact", "asked_by")
    asked = get_object_or_404(rows, pk=question_id, outgoing=outgoing)
    form = ToldForm(request.POST, asked=asked)
    if not form.is_valid():
        messages.warning(request, " ".join(word for words in form.errors.values() for word in words))
        return back_to(request, outgoing)
    said, facts = form.cleaned_data, {"by": request.user, "at": clock.now()}
    if asking_client.told(asked, said["words"], who=said["contact"], **facts):
        hours.turned_from(outgoing, by=request.user)
        keep_time(request, outgoing, kind=WorkRecord.Kind.MAIL, at=facts["at"])
    else:
        messages.warning(request, _("It was answered before."))
    return back_to(request, outgoing)
