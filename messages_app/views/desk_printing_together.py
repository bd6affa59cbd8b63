"""Letters of several clients printed as one file; what became of them is said for each client by itself."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clients import stretches
from clients.models import Client, WorkRecord
from messages_app.forms.printing import TogetherForm
from messages_app.letters import printing, printing_together
from messages_app.models import PrintRun
from secretariat import clock, ledger, media
from secretariat.media import guards
from secretariat.next import see_other
from secretariat.office.guards import secretary_required


@secretary_required
@require_http_methods(["GET", "POST"])
def new(request):
    """Whose letters, and by which class."""
    clients = printing.whose_letters_wait(Client.objects.visible_to(request.user))
    form = TogetherForm(request.POST if request.method == "POST" else None, clients=clients)
    if form.is_valid():
        said, at = form.cleaned_data, clock.now()
        try:
            runs = printing_together.begin(said["clients"], said["kind"], by=request.user, at=at)
        except printing.NotAsSeen:
            form.add_error(None, _("These letters are in another run by now, or in the post."))
        else:
            # For several clients at once, and so for none of them.
            about = {"client_id": None, "subject": (printing.SUBJECT, runs[0].pk)}
            stretches.keep(request, kind=WorkRecord.Kind.DESK, at=at, **about)
            return see_other(request, reverse("letters-run-together", args=[runs[0].pk]))
    context = {"form": form}
    return render(request, "messages_app/runs/together_new.html", context, status=422 if form.errors else 200)


@secretary_required
@require_safe
def detail(request, run_id):
    """The one file, and each client's run."""
    runs = _runs(request, run_id)
    for run in runs:
        ledger.looked(request.user, run.client_id, (printing.SUBJECT, run.pk))
    making = any(run.state == PrintRun.State.MAKING for run in runs)
    files = None if making else _files(request, runs)
    context = {"runs": runs, "here": run_id, "making": making, "has_file": files}
    return render(request, "messages_app/runs/together.html", context)


@secretary_required
@require_safe
def paper(request, run_id):
    """All of them as one PDF, to whoever may take each of them."""
    runs = _runs(request, run_id)
    if not (files := _files(request, runs)):
        raise Http404
    for run in runs:
        ledger.looked(request.user, run.client_id, (printing.SUBJECT, run.pk))
    made = printing_together.paper([file.pk for file in files])
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{_("print-run")}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _runs(request, run_id) -> list[PrintRun]:
    mine = PrintRun.objects.visible_to(request.user)
    run = get_object_or_404(mine.exclude(together=None), pk=run_id)
    return list(printing_together.with_it(run, mine))


def _files(request, runs) -> list:
    """Their files, or none where one is missing or may not be taken away by whoever asks."""
    files = [media.kept(run.media_id) for run in runs]
    whole = all(file and guards.may_take(request.user, file) for file in files)
    return files if whole else []
