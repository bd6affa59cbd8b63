"""Files that fill a client's address book, whoever reads them: the desk, or she herself in the portal."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients import stretches
from clients.address_book import importing, matching, reading
from clients.models import AddressImport, Client, ImportedAddress, WorkRecord
from messages_app.forms.address_book import FileForm
from messages_app.letters import addresses
from messages_app.views.letter_acts import version_shown
from secretariat import clock, ledger
from secretariat.next import see_other

A_PAGE = 100
MOST_CLASHES = 300  # in one form; whoever has more has taken the wrong file
Verdict = ImportedAddress.Verdict
SHOWN_FIRST = (Verdict.NEW, Verdict.FILLS, Verdict.SAME, Verdict.NOBODY)
WHY_UNREADABLE = {
    "too_large": gettext_lazy("This file is larger than 5 MB."),
    "too_many": gettext_lazy("This file has more than 5,000 entries. Divide it."),
    "empty": gettext_lazy("Nobody stands in this file."),
    "no_columns": gettext_lazy("No column of this file has a caption that is known here: %(detail)s"),
    "no_names": gettext_lazy("No column of this file says what people or firms are called: %(detail)s"),
}
MEANINGS = [
    ("", gettext_lazy("What its caption says, or nothing")),
    ("name", gettext_lazy("Name")),
    ("given", gettext_lazy("Given name")),
    ("family", gettext_lazy("Family name")),
    ("firm", gettext_lazy("Firm")),
    ("mail", gettext_lazy("Mailbox")),
    ("phone", gettext_lazy("Telephone")),
    ("street", gettext_lazy("Street")),
    ("city", gettext_lazy("Town")),
    ("postcode", gettext_lazy("Postcode")),
    ("region", gettext_lazy("Region")),
    ("country", gettext_lazy("Country")),
]
WHY_A_CLASH = {
    "another_name": gettext_lazy("has the same number or mailbox, and another name"),
    "another_firm": gettext_lazy("has the same number or mailbox, and another firm"),
    "two_people": gettext_lazy("has one of these numbers; another belongs to somebody else"),
    "same_name": gettext_lazy("has the same name, and nothing else in common"),
    "several": gettext_lazy("is one of several of this name"),
}
DOUBTS = {
    "phone": gettext_lazy("no telephone number: “%(said)s”"),
    "mail": gettext_lazy("no mail address: “%(said)s”"),
    "country": gettext_lazy("country not known: “%(said)s”; taken as the client’s own"),
}


@dataclass(frozen=True)
class Side:
    """Where it is done: the names of the addresses, and the pages around what is the same for all."""

    one: str
    drop: str
    undo: str
    shown: str  # template


def read(request, client: Client, side: Side) -> tuple[dict, HttpResponse | None]:
    """A file is read; nothing of it is written into the book yet. What the form needs, or an answer."""
    form = FileForm(request.POST or None, request.FILES or None)
    said = dict(zip(request.POST.getlist("caption"), request.POST.getlist("column"), strict=False))
    captions = tuple(said)[: reading.MOST_COLUMNS]
    if request.method == "POST" and form.is_valid():
        file, at = form.cleaned_data["file"], clock.now()
        facts = {"name": file.name, "by": request.user, "at": at, "meant": said}
        try:
            made = importing.read(client, file.read(), **facts)
        except reading.Unreadable as wrong:
            form.add_error("file", WHY_UNREADABLE[wrong.code] % {"detail": wrong.detail})
            captions = wrong.captions
        else:
            _keep_seconds(request, made, at=at)
            return {}, see_other(request, reverse(side.one, args=[made.pk]))
    context = {
        "client": client,
        "form": form,
        "columns": [(each, said.get(each, "")) for each in captions],
        "meanings": MEANINGS,
    }
    return context, None


def one(request, made: AddressImport, side: Side, *, book: str):
    """What would become of a file, or has; posting does it. `book` is the address of the book's page."""
    if request.method == "POST":
        return _do(request, made, side)
    counted = dict(made.entries.values_list("verdict").annotate(n=Count("pk")))
    kinds = [each for each in SHOWN_FIRST if counted.get(each)]
    show = request.GET.get("show") or (kinds[0] if kinds else "")
    after = request.GET.get("after", "")
    after = int(after) if after.isdecimal() and len(after) < 7 else 0
    entries = made.entries.filter(verdict=show, place__gt=after).select_related("known")[: A_PAGE + 1]
    clashes = made.entries.filter(verdict=Verdict.CLASH).select_related("known")
    ledger.looked(request.user, made.client_id, ("clients.addressimport", made.pk))
    context = {
        "made": made,
        "client": made.client,
        "book": book,
        "here": reverse(side.one, args=[made.pk]),
        "drop": reverse(side.drop, args=[made.pk]),
        "undo": reverse(side.undo, args=[made.pk]),
        "kinds": [(each, each.label, counted[each]) for each in kinds],
        "show": show,
        "rows": [_told(each, made) for each in entries[:A_PAGE]],
        "next": entries[A_PAGE - 1].place if len(entries) > A_PAGE else None,
        "clashes": [_told(each, made) | {"choices": _choices(each)} for each in clashes[:MOST_CLASHES]],
        "more_clashes": max(0, counted.get(Verdict.CLASH, 0) - MOST_CLASHES),
        "taken": counted.get(Verdict.NEW, 0) + counted.get(Verdict.FILLS, 0),
        "read": sum(counted.values()),
    }
    return render(request, side.shown, context)


def drop(request, made: AddressImport, side: Side, *, book: str):
    at = clock.now()
    try:
        importing.drop(made, version=version_shown(request), by=request.user)
    except importing.NotAsSeen:
        messages.error(request, _("Somebody was quicker. Nothing was done."))
        return see_other(request, reverse(side.one, args=[made.pk]))
    _keep_seconds(request, made, at=at)
    messages.success(request, _("The file is forgotten. Nothing was written."))
    return see_other(request, book)


def undo(request, made: AddressImport, side: Side):
    at = clock.now()
    try:
        back = importing.undo(made, version=version_shown(request), by=request.user, at=at)
    except importing.NotAsSeen:
        messages.error(request, _("Somebody was quicker. Nothing was done."))
    else:
        _keep_seconds(request, made, at=at)
        said = ngettext("%(n)d entry is taken out again.", "%(n)d entries are taken out again.", back.gone)
        words = said % {"n": back.gone}
        if back.stay:
            stays = ngettext(
                "%(n)d stays: it has been used or changed since.",
                "%(n)d stay: they have been used or changed since.",
                back.stay,
            )
            words = f"{words} {stays % {'n': back.stay}}"
        messages.success(request, words)
    return see_other(request, reverse(side.one, args=[made.pk]))


def _do(request, made: AddressImport, side: Side):
    known = {str(key): key for key in made.entries.values_list("pk", flat=True)}
    choices, at = {}, clock.now()
    for name, value in request.POST.items():
        key = known.get(name.removeprefix("choice-"))
        if key and value in ImportedAddress.Choice.values:
            choices[key] = value
    try:
        importing.do(made, choices, version=version_shown(request), by=request.user, at=at)
    except importing.NotAsSeen:
        messages.error(request, _("Somebody was quicker. Nothing was done."))
    else:
        _keep_seconds(request, made, at=at)
        messages.success(request, _("The address book has them. You can take the whole file back below."))
    return see_other(request, reverse(side.one, args=[made.pk]))


def _keep_seconds(request, made: AddressImport, *, at) -> None:
    """She has looked at it, and done something about it. Of a client's own time no page of hers tells."""
    stretches.keep(
        request,
        kind=WorkRecord.Kind.DESK,
        client_id=made.client_id,
        subject=("clients.addressimport", made.pk),
        at=at,
    )


def _told(row: ImportedAddress, made: AddressImport) -> dict:
    """An entry as a person reads it."""
    entry = row.entry
    place = addresses.Address(
        "", "", entry.street, entry.city, entry.postcode, entry.region, entry.country or made.client.country
    )
    lines = addresses.block(place, home=made.client.country) if entry.street or entry.city else []
    return {
        "row": row,
        "entry": entry,
        "lines": lines,
        "doubts": [_doubt(code, said) for code, said in entry.doubts],
        "because": WHY_A_CLASH.get(row.because, ""),
    }


def _doubt(code: str, said: str) -> str:
    if code.endswith("_cut"):
        return _("too long, cut off before “%(said)s”") % {"said": said}
    return str(DOUBTS[code]) % {"said": said}


def _choices(row: ImportedAddress) -> list[tuple[str, str]]:
    """What may be decided of this clash; leaving it out comes first."""
    found = matching.Judgement(matching.Verdict.CLASH, because=row.because)
    return [(each.value, ImportedAddress.Choice(each.value).label) for each in found.choices]
