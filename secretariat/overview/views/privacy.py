"""The portal's *Privacy*, for an owner: who may, who did, how long, and a copy of it all."""

from django.contrib import messages
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import leaving
from clients.doors import owns_client
from clients.models import DataCopy, Line
from clients.taking_out import Act
from secretariat import clock
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.next import see_other
from secretariat.office.models import Firm
from secretariat.overview.forms.privacy import ForbiddenForm
from secretariat.overview.privacy import copying, keeping, looking

LET = {
    Act.DOWNLOAD: _("Download recordings"),
    Act.ATTACHMENTS: _("Download what is attached to mail"),
    Act.PRINT: _("Print messages"),
    Act.EXPORT: _("Keep lists as a file"),
    Act.COPY: _("Copy messages out"),
}
TABS = {
    "looks": _("Looked at"),
    "taken": _("Taken out"),
    "changed": _("Changed"),
}


@require_http_methods(["GET", "POST"])
@owns_client
def page(request):
    client = request.contact.client
    if request.method == "POST":
        form = ForbiddenForm(request.POST)
        if form.is_valid():
            leaving.forbid(client, form.acts, by=request.user)
            messages.success(request, _("Saved. It holds from now on."))
            return see_other(request, reverse("privacy"))
    else:
        forbidden = [act.value for act in leaving.client_forbids(client)]
        form = ForbiddenForm(initial={"forbids": forbidden})
    return _shown(request, form)


def _shown(request, form):
    client, firm = request.contact.client, Firm.current()
    allowed, forbidden = leaving.firm_allows(firm), leaving.client_forbids(client)
    copies = DataCopy.objects.visible_to(request.user).filter(client=client)
    context = {
        "client": client,
        "firm_row": firm,
        "form": form,
        "acts": [(words, act in allowed, act in forbidden) for act, words in LET.items()],
        "lines": Line.objects.visible_to(request.user).filter(client=client, is_active=True),
        "kept": keeping.in_force(),
        "copies": copies.select_related("asked_by", "fetched_by")[:5],
        "at": clock.now(),
        "latest": looking.page(client, "looks").looks[:5],
    }
    return render(request, "overview/privacy/page.html", context, status=422 if form.errors else 200)


@require_GET
@owns_client
def looks(request):
    """Who looked at what, page by page."""
    show, before = _show(request.GET), request.GET.get("before", "")
    client = request.contact.client
    listed = looking.page(client, show, before=int(before) if before.isdigit() else None)
    context = {"client": client, "page": listed, "show": show, "tabs": TABS.items()}
    return render(request, "overview/privacy/looks.html", context)


@require_POST
@never_cache
@owns_client
def looks_file(request):
    show, client = _show(request.POST), request.contact.client
    leaving.record(request.user, Act.EXPORT, client.pk, ("clients.client", client.pk), list=f"ledger.{show}")
    answer = StreamingHttpResponse(looking.as_csv(client, show), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{show}-{clock.now():%Y-%m-%d}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@owns_client
def ask_copy(request):
    try:
        copying.ask(request.contact.client, by=request.user, at=clock.now())
    except copying.NotNow as refusal:
        messages.error(request, str(refusal))
    return see_other(request, reverse("privacy") + "#copy")


@require_POST
@never_cache
@owns_client
def fetch_copy(request, copy_id):
    """The file itself, once."""
    copies = DataCopy.objects.visible_to(request.user).filter(client=request.contact.client_id)
    copy = get_object_or_404(copies, pk=copy_id)
    file = copying.fetch(copy, by=request.user, at=clock.now())
    if file is None:
        messages.error(request, _("This copy has been fetched, or its week is over. Ask for a new one."))
        return see_other(request, reverse("privacy") + "#copy")
    return handed_over(file)


def handed_over(file: MediaFile) -> StreamingHttpResponse:
    """One copy, on its way to whoever has fetched it."""
    try:
        content = storing.read(file)
    except FileNotFoundError as missing:
        raise Http404 from missing
    answer = StreamingHttpResponse(content, content_type="application/zip")
    answer["Content-Length"] = file.size
    answer["Content-Disposition"] = content_disposition_header(True, file.name)
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _show(said) -> str:
    show = said.get("show", "")
    return show if show in looking.SHOWN else "looks"
