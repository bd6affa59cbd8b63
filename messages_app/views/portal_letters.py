"""Letters in the portal: read, compared with what was shown before, agreed to or sent back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clients.doors import speaks_for_client
from messages_app.forms.letter import WishForm
from messages_app.letters import files_of, lettering, posting, sheets
from messages_app.letters.typesetting import CannotBeSet
from messages_app.models import Letter, LetterVersion, SerialLetter
from messages_app.views.desk_letters import changes, page_of
from secretariat import clock, ledger, media
from secretariat.next import see_other
from secretariat.paging import page


@require_safe
@speaks_for_client
def index(request):
    letters = _hers(request).filter(serial=None).with_newest().exclude(subject=None)
    listed = page(letters, newest_by="created_at", after=request.GET.get("after", ""))
    serials = SerialLetter.objects.visible_to(request.user).filter(
        client=request.contact.client, shown_at__isnull=False
    )
    serials = [] if request.GET.get("after") else serials.order_by("-created_at")[:20]
    context = {"client": request.contact.client, "page": listed, "serials": serials}
    return render(request, "messages_app/portal_letters.html", context)


@require_safe
@speaks_for_client
def detail(request, letter_id):
    return _show(request, _letter(request, letter_id), WishForm())


@require_safe
@speaks_for_client
def picture(request, letter_id):
    """A page of what the client was shown last."""
    letter = _letter(request, letter_id)
    return page_of(letter, _shown(request, letter), request.GET.get("number", "1"))


@require_POST
@speaks_for_client
def agree(request, letter_id):
    letter = _letter(request, letter_id)
    try:
        lettering.agree(letter, number=_number(request), **_who(request))
    except lettering.NotAsSeen:
        messages.error(request, _("There is a newer version, or somebody has decided. Nothing was done."))
    except lettering.NotWhole as refusal:
        messages.error(request, str(refusal))
    except CannotBeSet as wrong:
        messages.error(request, sheets.why_not(wrong))
    else:
        messages.success(request, _("Agreed. It will be posted."))
    return see_other(request, reverse("letters-portal-letter", args=[letter.pk]))


@require_POST
@speaks_for_client
def change(request, letter_id):
    letter = _letter(request, letter_id)
    form = WishForm(request.POST)
    if not form.is_valid():
        return _show(request, letter, form, status=422)
    try:
        lettering.wish(letter, number=_number(request), words=form.cleaned_data["words"], **_who(request))
    except lettering.NotAsSeen:
        form.add_error(None, _("There is a newer version, or somebody has decided. Your words stand below."))
        return _show(request, letter, form, status=422)
    messages.success(request, _("Your secretary reads what you want changed."))
    return see_other(request, reverse("letters-portal-letter", args=[letter.pk]))


def _show(request, letter, form, status=200):
    letter.refresh_from_db()
    shown = _shown(request, letter)
    ledger.looked(request.user, letter.client_id, ("messages_app.letter", letter.pk))
    file = posting.paper_of(letter)
    context = {
        "client": letter.client,
        "letter": letter,
        "shown": shown,
        "address": lettering.sheet_of(letter, shown).address,
        "pages": range(1, lettering.count_pages(letter, shown) + 1),
        "looks_otherwise": lettering.looks_otherwise(letter, shown),
        "changes": changes(shown),
        "form": form,
        "paper": f"{media.url(file)}?download" if file else "",
        "earlier": _versions(request, letter).exclude(pk=shown.pk),
        "postings": letter.postings.select_related("run", "posted_by__secretary"),
        "before": _hers(request).filter(written_anew=letter).first(),
        "after": _hers(request).filter(instead_of=letter).first(),
        "anew": letter.written_anew.exists(),
        "files": linked(files_of.of_version(shown), letter.files.all()),
    }
    return render(request, "messages_app/portal_letter.html", context, status=status)


def linked(files, still_there) -> list[tuple]:
    """Each file with its address; without one what was taken out since she was shown it."""
    kept = {each.media_id for each in still_there}
    return [
        (each, reverse("media-file", args=[each.media_id]) if each.media_id in kept else "") for each in files
    ]


def _hers(request):
    letters = Letter.objects.visible_to(request.user).filter(client=request.contact.client)
    return letters.filter(shown_at__isnull=False).select_related("client")


def _letter(request, letter_id) -> Letter:
    return get_object_or_404(_hers(request), pk=letter_id)


def _versions(request, letter):
    versions = LetterVersion.objects.visible_to(request.user).filter(letter=letter, asked_at__isnull=False)
    return versions.select_related("letter__client", "decided_by").order_by("-number")


def _shown(request, letter) -> LetterVersion:
    newest = _versions(request, letter).first()
    if newest is None:
        raise Http404
    return newest


def _who(request) -> dict:
    return {"contact": request.contact, "by": request.user, "at": clock.now()}


def _number(request) -> int:
    text = request.POST.get("number", "")
    return int(text) if text.isdecimal() and len(text) < 6 else -1
