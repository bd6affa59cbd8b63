"""Print runs at the desk: many letters printed as one file, ticked off, and posted together."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import reselect, reswap

from clients import stretches
from clients.models import Client, WorkRecord
from messages_app.forms.printing import NewRunForm, RunPostedForm
from messages_app.letters import lettering, printing
from messages_app.models import Letter, PrintRun, PrintRunLetter
from messages_app.views.letter_acts import uuid_of, version_shown
from secretariat import clock, ledger, media
from secretariat.media import guards
from secretariat.next import see_other
from secretariat.office.guards import secretary_required
from secretariat.paging import page


@secretary_required
@require_safe
def index(request):
    """Whose letters wait, and the runs there were."""
    runs = PrintRun.objects.visible_to(request.user).select_related("client", "made_by")
    runs = runs.annotate(count=Count("letters"))
    context = {
        "clients": printing.whose_letters_wait(Client.objects.visible_to(request.user)),
        "page": page(runs, newest_by="made_at", after=request.GET.get("after", "")),
    }
    return render(request, "messages_app/runs/index.html", context)


@secretary_required
@require_http_methods(["GET", "POST"])
def new(request):
    """Which letters of a client, and by which class each."""
    asked = request.POST.get("client") or request.GET.get("client")
    if not asked:
        return see_other(request, reverse("letters-runs"))
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=uuid_of(asked))
    letters = Letter.objects.visible_to(request.user).filter(pk__in=printing.to_choose_from(client))
    letters = letters.with_newest().order_by("number")[: printing.MOST]
    form = NewRunForm(request.POST if request.method == "POST" else None, letters=letters)
    if form.is_valid():
        at = clock.now()
        try:
            run = printing.begin(client, form.chosen, by=request.user, at=at)
        except printing.NotAsSeen:
            form.add_error(None, _("One of these letters is in another run by now, or in the post."))
        else:
            _keep_seconds(request, run, at=at)
            return see_other(request, reverse("letters-run", args=[run.pk]))
    context = {"client": client, "form": form, "began": stretches.began(request)}
    return render(request, "messages_app/runs/new.html", context, status=422 if form.errors else 200)


@secretary_required
@require_safe
def detail(request, run_id):
    run = _run(request, run_id)
    ledger.looked(request.user, run.client_id, (printing.SUBJECT, run.pk))
    answer = _show(request, run)
    if request.htmx.target == "run" and run.state != PrintRun.State.MAKING:
        # Once it is made there is a form, over which nothing may be put: the part goes, and with it what asks
        # again. Loading the page anew would end the call that this browser carries.
        answer = reselect(reswap(answer, "outerHTML"), "#run")
    return answer


@secretary_required
@require_POST
def posted(request, run_id):
    run = _run(request, run_id)
    form = RunPostedForm(
        request.POST, request.FILES, items=_items(request, run), currency=run.client.currency
    )
    if not form.is_valid():
        return _show(request, run, form=form, status=422)
    at = clock.now()
    facts = {"version": version_shown(request), "by": request.user, "at": at}
    said = {"left_out": form.left_out, "tracking": form.tracking, "proof": form.cleaned_data["proof"]}
    try:
        count = printing.post(run, form.costs, **said, **facts)
    except (printing.NotAsSeen, lettering.NotAsSeen):
        messages.error(request, _("The run, or a letter in it, has changed since. Nothing was written down."))
    else:
        _keep_seconds(request, run, at=at)
        told = ngettext("%(n)d letter is in the post.", "%(n)d letters are in the post.", count)
        messages.success(request, told % {"n": count})
    return see_other(request, reverse("letters-run", args=[run.pk]))


@secretary_required
@require_POST
def drop(request, run_id):
    run = _run(request, run_id)
    at = clock.now()
    try:
        printing.drop(run, version=version_shown(request), by=request.user, at=at)
    except printing.NotAsSeen:
        messages.error(request, _("It is in the post already, or was dropped. Nothing was done."))
    else:
        _keep_seconds(request, run, at=at)
        messages.success(request, _("The run is dropped. Its letters are to be posted as before."))
    return see_other(request, reverse("letters-runs"))


def _keep_seconds(request, run, *, at) -> None:
    subject = (printing.SUBJECT, run.pk)
    stretches.keep(request, kind=WorkRecord.Kind.POST, client_id=run.client_id, subject=subject, at=at)


def _run(request, run_id) -> PrintRun:
    runs = PrintRun.objects.visible_to(request.user).select_related("client", "made_by", "posted_by")
    return get_object_or_404(runs, pk=run_id)


def _items(request, run):
    items = PrintRunLetter.objects.visible_to(request.user).filter(run=run).order_by("place")
    items = list(items.select_related("letter__client"))
    letters = Letter.objects.visible_to(request.user).filter(pk__in=[each.letter_id for each in items])
    named = {each.pk: each for each in letters.with_newest()}
    for item in items:
        item.letter = named.get(item.letter_id, item.letter)
    return items


def _show(request, run, *, form=None, status=200):
    run.refresh_from_db(fields=["state", "version", "media_id", "pages", "posted_at", "proof_id"])
    items = form.items if form else _items(request, run)
    form = form or RunPostedForm(items=items, currency=run.client.currency)
    file = media.kept(run.media_id)
    context = {
        "run": run,
        "client": run.client,
        "items": items,
        "form": form if run.state == PrintRun.State.MADE else None,
        "paper": f"{media.url(file)}?download" if file and guards.may_take(request.user, file) else "",
        "began": stretches.began(request),
        "proof": reverse("media-file", args=[run.proof_id]) if run.proof_id else "",
    }
    return render(request, "messages_app/runs/detail.html", context, status=status)
