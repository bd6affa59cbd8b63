"""The one queue: everything that still needs a person."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clients import stretches, work
from clients.forms.work import OutcomeForm
from clients.models import WorkItem, WorkRecord
from secretariat import clock, ledger, outbox
from secretariat.next import see_other
from secretariat.office.guards import secretary_required

A_PAGE = 25


@require_GET
@secretary_required
def listed(request):
    mine = request.GET.get("show") == "mine"
    items = WorkItem.objects.visible_to(request.user).open()
    if mine:
        items = items.filter(owner=request.user)
    items = items.select_related("client", "owner").most_pressing_first()
    page = Paginator(items, A_PAGE).get_page(request.GET.get("page"))
    rows = [(item, work.describe(item)) for item in page]
    context = {"page": page, "rows": rows, "mine": mine, "query": "show=mine" if mine else ""}
    template = "clients/_work_list.html" if request.htmx else "clients/work.html"
    return render(request, template, context)


@require_GET
@secretary_required
def item(request, item_id):
    found = _one(request, item_id)
    if found.client_id:
        ledger.looked(request.user, found.client_id, ("clients.workitem", found.pk))
    return _item_page(request, found, OutcomeForm())


@require_POST
@secretary_required
def claim(request, item_id):
    found = _one(request, item_id)
    if why := work.hers_alone(found):
        messages.warning(request, why)
        return see_other(request, reverse("work-item", args=[found.pk]))
    version = request.POST.get("version", "")
    if not version.isdigit() or not work.claim(found, by=request.user, version=int(version)):
        messages.warning(request, _("Somebody was quicker. This is how it stands now."))
    return see_other(request, reverse("work-item", args=[found.pk]))


@require_POST
@secretary_required
def put_back(request, item_id):
    found = _one(request, item_id)
    if why := work.hers_alone(found):
        messages.warning(request, why)
        return see_other(request, reverse("work-item", args=[found.pk]))
    if work.put_back(found, by=request.user):
        messages.success(request, _("Put back. Somebody else may take it."))
    return see_other(request, reverse("work"))


@require_POST
@secretary_required
def done(request, item_id):
    found = _one(request, item_id)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return _item_page(request, found, form, status=422)
    if not found.done_at and (act := work.ends_by(found)):
        form.add_error(None, act)
        return _item_page(request, found, form, status=422)
    if work.finish(found, by=request.user, outcome=form.cleaned_data["outcome"]):
        messages.success(request, _("Done: %(what)s") % {"what": work.describe(found).title})
        _keep_seconds(request, found)
    else:
        messages.warning(request, _("It was finished before."))
    return see_other(request, reverse("work"))


@require_POST
@secretary_required
def send_again(request, item_id):
    """A person has judged that a second try does less harm than none."""
    found = _one(request, item_id)
    effect = work.unsent(found)
    if effect is None:
        raise Http404
    if work.finish(found, by=request.user, outcome=_("Sent again")):
        outbox.post_again(effect, actor_id=request.user.pk)
        _keep_seconds(request, found)
        messages.success(request, _("It is being sent again."))
    return see_other(request, reverse("work"))


def _keep_seconds(request, found) -> None:
    """What was not done on a page of its own, which keeps its own seconds. The office's has no client."""
    stretches.keep(
        request,
        kind=WorkRecord.Kind.DESK,
        client_id=found.client_id,
        subject=("clients.workitem", found.pk),
        at=clock.now(),
    )


def _one(request, item_id):
    items = WorkItem.objects.visible_to(request.user).select_related(
        "client", "owner", "done_by", "handed_by"
    )
    return get_object_or_404(items, pk=item_id)


def _item_page(request, found, form, status=200):
    described, effect = work.describe(found), work.unsent(found)
    context = {
        "item": found,
        "work": described,
        "began": stretches.began(request),
        "where": described.url or (work.place_of(effect.subject_kind, effect.subject_id) if effect else ""),
        "form": form,
        "effect": effect,
        "ends_by": "" if found.done_at else work.ends_by(found),
        "hers_alone": work.hers_alone(found),
        "is_mine": found.owner_id == request.user.pk,
    }
    return render(request, "clients/work_item.html", context, status=status)
