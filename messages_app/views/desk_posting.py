"""What is to be posted: printing it, what it cost, and what came back."""

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients import stretches
from clients.models import WorkRecord
from messages_app.forms.posting import CameBackForm, CarriedForm, PostedForm
from messages_app.letters import carrying, lettering, posting, sheets
from messages_app.models import Letter, Posting, SerialLetter
from messages_app.views.desk_letters import keep_seconds, known
from messages_app.views.letter_acts import version_shown
from secretariat import clock, media
from secretariat.media import guards
from secretariat.next import see_other
from secretariat.office.guards import secretary_required
from secretariat.paging import page


@secretary_required
@require_safe
def to_post(request):
    """Everything that waits for the post, over all clients, as a list to be worked through."""
    ready = Letter.objects.visible_to(request.user).filter(state=Letter.State.READY)
    alone = ready.filter(serial=None).select_related("client").with_newest()
    after = request.GET.get("after", "")
    listed = page(alone, newest_by="created_at", after=after)
    rows = [{"letter": each, "newest": lettering.newest_of(each)} for each in listed]
    for row in rows:
        row["address"] = lettering.sheet_of(row["letter"], row["newest"]).address
        row["enclosures"] = row["newest"].enclosures.splitlines()
    context = {"rows": rows, "page": listed, "serials": [] if after else _to_many(request.user, ready)}
    return render(request, "messages_app/letters_to_post.html", context)


def _to_many(user, ready):
    """Letters to many of which copies wait, each with their number: `copies_ready`."""
    hers = ready.filter(serial=OuterRef("pk")).order_by().values("serial")
    waits = hers.annotate(n=Count("pk")).values("n")
    serials = SerialLetter.objects.visible_to(user).filter(pk__in=ready.exclude(serial=None).values("serial"))
    return serials.select_related("client").annotate(copies_ready=Subquery(waits)).order_by("-created_at")


@secretary_required
@require_http_methods(["GET", "POST"])
def posted(request, letter_id):
    """Said by whoever has posted it; or, by a form of its own, left to the carrier."""
    letter = known(request, letter_id)
    by_carrier = request.POST.get("by") == "carrier"
    said = {"data": request.POST or None, "files": request.FILES or None}
    posted_form = PostedForm(**({} if by_carrier else said), currency=letter.client.currency)
    carried = CarriedForm(
        **(said if by_carrier else {}), currency=letter.client.currency, auto_id="carried_%s"
    )
    form = carried if by_carrier else posted_form
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        facts = {"version": version_shown(request), "by": request.user, "at": at}
        try:
            if by_carrier:
                carrying.hand_over(letter, form.envelope(), **facts)
            else:
                posting.post(letter, form.envelope(), proof=form.cleaned_data["proof"], **facts)
        except posting.NotTaken as refusal:
            form.add_error(None, str(refusal))
        except lettering.NotAsSeen:
            letter.refresh_from_db()
            form.add_error(None, _("The letter has changed since. Nothing was written down."))
        else:
            keep_seconds(request, letter, kind=WorkRecord.Kind.POST, at=at)
            messages.success(request, _("It is on its way."))
            return see_other(request, reverse("letters-letter", args=[letter.pk]))
    if letter.state not in (Letter.State.READY, Letter.State.RETURNED) and request.method == "GET":
        raise Http404
    newest = lettering.newest_of(letter)
    context = {
        "letter": letter,
        "client": letter.client,
        "form": posted_form,
        "carried": carried,
        "has_errors": bool(form.errors),
        "address": lettering.sheet_of(letter, newest).address,
        "enclosures": [each for each in newest.enclosures.splitlines() if each.strip()],
        "head": sheets.head_of(letter.client),
        "newest": newest,
        "paper": paper_for(request.user, letter),
        "began": stretches.began(request),
        "why_not": carrying.why_not(letter, newest),
        "has_carrier": carrying.is_set_up(letter.client),
    }
    return render(request, "messages_app/letter_posted.html", context, status=422 if form.errors else 200)


@secretary_required
@require_POST
def came_back(request, letter_id):
    letter = known(request, letter_id)
    form = CameBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why it came back. Nothing was written down."))
        return see_other(request, reverse("letters-letter", args=[letter.pk]))
    facts = {"version": version_shown(request), "by": request.user, "at": clock.now()}
    try:
        posting.came_back(letter, because=form.cleaned_data["because"], **facts)
    except lettering.NotAsSeen:
        messages.error(request, _("The letter has changed since. Nothing was written down."))
    else:
        keep_seconds(request, letter, kind=WorkRecord.Kind.POST, at=facts["at"])
    return see_other(request, reverse("letters-letter", args=[letter.pk]))


@secretary_required
@require_POST
def cancel(request, letter_id, posting_id):
    """Ask the carrier not to post it after all."""
    letter = known(request, letter_id)
    rows = Posting.objects.visible_to(request.user).filter(letter=letter, carrier=Posting.Carrier.LOB)
    if carrying.cancel(get_object_or_404(rows, pk=posting_id), by=request.user, at=clock.now()):
        keep_seconds(request, letter, kind=WorkRecord.Kind.POST, at=clock.now())
        messages.success(request, _("The carrier is asked to let it be."))
    else:
        messages.error(request, _("It is too late: the letter is being posted."))
    return see_other(request, reverse("letters-letter", args=[letter.pk]))


@secretary_required
@require_POST
def not_there(request, letter_id, posting_id):
    """She has looked at the carrier's: it has no such letter, and it is to be posted otherwise."""
    letter = known(request, letter_id)
    rows = Posting.objects.visible_to(request.user).filter(letter=letter, carrier=Posting.Carrier.LOB)
    if carrying.not_there(get_object_or_404(rows, pk=posting_id), by=request.user):
        keep_seconds(request, letter, kind=WorkRecord.Kind.POST, at=clock.now())
        messages.success(request, _("It is to be posted otherwise."))
    else:
        messages.error(request, _("By now it is known where it is. Nothing was done."))
    return see_other(request, reverse("letters-letter", args=[letter.pk]))


def paper_for(user, letter) -> str:
    """Where the paper itself may be fetched to be printed; empty where this person may not."""
    file = posting.paper_of(letter)
    return f"{media.url(file)}?download" if file and guards.may_take(user, file) else ""
