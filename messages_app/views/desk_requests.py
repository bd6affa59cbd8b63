"""What clients ask for, at the desk: read, heard, looked at, and answered."""

from django.contrib import messages
from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clients import stretches
from clients.models import WorkRecord
from messages_app.asked_for import asking
from messages_app.forms.request import AnswerForm
from messages_app.models import ClientRequest, RequestFile
from messages_app.views.letter_acts import version_shown
from secretariat import clock, ledger, media
from secretariat.next import see_other
from secretariat.office.guards import secretary_required
from secretariat.paging import further, page

SHOWN = {"": [ClientRequest.State.OPEN], "done": [ClientRequest.State.DONE, ClientRequest.State.WITHDRAWN]}


@secretary_required
@require_safe
def index(request):
    """What is to be answered: urgent first, then by what was promised; or what was, the newest first."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    rows = ClientRequest.objects.visible_to(request.user).filter(state__in=SHOWN[show])
    rows = rows.select_related("client", "contact")
    after = request.GET.get("after", "")
    if show:
        listed = page(rows, newest_by="asked_at", after=after)
    else:
        soonest = F("promised_at").asc(nulls_first=True)
        listed = further(rows.order_by("-urgent", soonest, "asked_at", "pk"), after=after)
    return render(request, "messages_app/asked_for/index.html", {"page": listed, "show": show})


@secretary_required
@require_safe
def detail(request, request_id):
    return _show(request, _asked(request, request_id), AnswerForm())


@secretary_required
@require_POST
def answer(request, request_id):
    asked = _asked(request, request_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, asked, form, status=422)
    at = clock.now()
    facts = {"version": version_shown(request), "by": request.user, "at": at}
    try:
        asking.answer(asked, form.cleaned_data["words"], **facts)
    except asking.NotAsSeen:
        form.add_error(None, _("It was answered or taken back meanwhile. Your words stand below."))
        return _show(request, asked, form, status=422)
    stretches.keep(
        request,
        kind=WorkRecord.Kind.REQUEST,
        client_id=asked.client_id,
        subject=(asking.SUBJECT, asked.pk),
        at=at,
    )
    if unheard := asking.unheard(asked):
        messages.warning(request, unheard)
    else:
        messages.success(request, _("%(name)s is told.") % {"name": asked.contact.name})
    return see_other(request, reverse("requests-asked", args=[asked.pk]))


def files_of(request, asked) -> list[tuple[RequestFile, str]]:
    """What goes with it, with its address; empty where it is no longer kept."""
    files = RequestFile.objects.visible_to(request.user).filter(request=asked)
    return [(each, _address(media.kept(each.media_id))) for each in files]


def _address(file) -> str:
    return media.url(file) if file else ""


def _show(request, asked, form, status=200):
    asked.refresh_from_db()
    ledger.looked(request.user, asked.client_id, (asking.SUBJECT, asked.pk))
    context = {
        "client": asked.client,
        "asked": asked,
        "files": files_of(request, asked),
        "began": stretches.began(request),
        "form": form if form.errors or asked.state == ClientRequest.State.OPEN else None,
    }
    return render(request, "messages_app/asked_for/detail.html", context, status=status)


def _asked(request, request_id) -> ClientRequest:
    rows = ClientRequest.objects.visible_to(request.user).select_related("client", "contact", "answered_by")
    return get_object_or_404(rows, pk=request_id)
