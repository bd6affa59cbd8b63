"""What was written down of a posting or a print run, put right at the desk."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clients import stretches
from clients.models import WorkRecord
from messages_app.forms.posting import PutRightForm
from messages_app.forms.printing import RunPutRightForm
from messages_app.incoming_post import receiving
from messages_app.letters import hours, lettering, printing, putting_right
from messages_app.models import Posting, PrintRun
from messages_app.views.letter_acts import version_shown
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import secretary_required


@secretary_required
@require_http_methods(["GET", "POST"])
def posting(request, posting_id):
    """One envelope, with a letter in it or paper that came for the client."""
    rows = Posting.objects.visible_to(request.user)
    rows = rows.select_related("client", "letter__client", "received__client", "posted_by", "run")
    row = get_object_or_404(rows, pk=posting_id)
    if row.letter and lettering.newest_of(row.letter) is None:  # its time is over, and its words are gone
        raise Http404
    thing = row.contents
    subject = (hours.SUBJECT if row.letter else receiving.SUBJECT, thing.pk)
    there = reverse("letters-letter" if row.letter else "post-one", args=[thing.pk])
    because = putting_right.why_it_stands(row, by=request.user)
    # What she typed before that is not passed over: she is told why it stays.
    asked = "postage" in request.POST if request.method == "POST" else not because
    form = PutRightForm(request.POST or None, request.FILES or None, posting=row, costs=asked)
    if request.method == "POST" and form.is_valid():
        said = {"tracking": form.cleaned_data.get("tracking", ""), "proof": form.cleaned_data.get("proof")}
        facts = {"version": version_shown(request), "by": request.user}
        if _done(request, form, lambda: putting_right.put_right(row, form.paid, **said, **facts)):
            return _to(request, row.client_id, subject, there)
    return _show(request, row.client, thing, form, because, subject, there=there, proof=row.proof_id)


@secretary_required
@require_http_methods(["GET", "POST"])
def run(request, run_id):
    """All that was posted together."""
    runs = PrintRun.objects.visible_to(request.user).select_related("client")
    row = get_object_or_404(runs, pk=run_id, state=PrintRun.State.POSTED)
    subject, there = (printing.SUBJECT, row.pk), reverse("letters-run", args=[row.pk])
    because = putting_right.why_the_run_stands(row, by=request.user)
    asked = "a_page" in request.POST if request.method == "POST" else not because
    form = RunPutRightForm(request.POST or None, request.FILES or None, run=row, costs=asked)
    if request.method == "POST" and form.is_valid():
        said = (form.postage, form.cleaned_data.get("a_page"))
        facts = {"proof": form.cleaned_data["proof"], "version": version_shown(request), "by": request.user}
        if _done(request, form, lambda: putting_right.put_run_right(row, *said, **facts)):
            return _to(request, row.client_id, subject, there)
    return _show(request, row.client, row, form, because, subject, there=there, proof=row.proof_id)


def _done(request, form, act) -> bool:
    """Whether it was done; what hindered it is said on the form."""
    try:
        act()
    except putting_right.Stands as refusal:
        form.add_error(None, str(refusal))
    except lettering.NotAsSeen:
        form.add_error(None, _("Somebody did something with it meanwhile. Nothing was written down."))
    else:
        messages.success(request, _("Put right."))
        return True
    return False


def _to(request, client_id, subject, there):
    about = {"client_id": client_id, "subject": subject, "at": clock.now()}
    stretches.keep(request, kind=WorkRecord.Kind.POST, **about)
    return see_other(request, there)


def _show(request, client, thing, form, because, subject, *, there, proof):
    thing.refresh_from_db(fields=["version"])
    ledger.looked(request.user, client.pk, subject)
    context = {
        "client": client,
        "thing": thing,
        "form": form,
        "because": because,
        "there": there,
        "proof": reverse("media-file", args=[proof]) if proof else "",
        "began": stretches.began(request),
    }
    return render(request, "messages_app/put_right.html", context, status=422 if form.errors else 200)
