"""Letters at the desk: the list, writing one, how it will look, and showing it to the client."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients import differences, stretches
from clients.models import Client, Correspondent, WorkRecord
from messages_app import files_seen
from messages_app.forms.letter import LetterForm, NewLetterForm
from messages_app.forms.printing import LetterFileForm
from messages_app.letters import anew, files_of, hours, lettering, sheets
from messages_app.letters.typesetting import CannotBeSet
from messages_app.models import Letter, LetterTemplate
from messages_app.views import typed
from messages_app.views.letter_acts import act, files_too, uuid_of, version_shown
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import secretary_required
from secretariat.paging import page

OFFERED = 200  # whoever else is in the book is found there
STATES = {
    "open": Letter.OPEN,
    "ready": (Letter.State.READY,),
    "posted": (Letter.State.HANDED, Letter.State.POSTED, Letter.State.RETURNED),
}


@secretary_required
@require_safe
def index(request):
    show = request.GET.get("show", "")
    letters = (
        Letter.objects.visible_to(request.user).select_related("client").with_newest().exclude(subject=None)
    )
    letters = letters.filter(serial=None)  # those are listed together, as one
    letters = letters.filter(state__in=STATES[show]) if show in STATES else letters
    listed = page(letters, newest_by="created_at", after=request.GET.get("after", ""))
    return render(request, "messages_app/letters.html", {"page": listed, "show": show})


@secretary_required
@require_http_methods(["GET", "POST"])
def new(request):
    """Which client, then what it begins with."""
    clients = Client.objects.visible_to(request.user).filter(is_active=True)
    asked = request.POST.get("client") or request.GET.get("client")
    if not asked:
        return render(request, "messages_app/letter_for_whom.html", {"clients": clients})
    client = get_object_or_404(clients, pk=uuid_of(asked))
    people = Correspondent.objects.visible_to(request.user).filter(client=client)
    form = NewLetterForm(
        request.POST if request.method == "POST" else None,
        initial={"correspondent": request.GET.get("to", "")},
        templates=LetterTemplate.objects.visible_to(request.user).filter(client=client, is_active=True),
        correspondents=people if request.method == "POST" else _offered(people, request.GET.get("to", "")),
    )
    if form.is_valid():
        at = clock.now()
        letter = lettering.begin(client, by=request.user, at=at, **form.cleaned_data)
        keep_seconds(request, letter, at=at)
        return see_other(request, reverse("letters-write", args=[letter.pk]))
    context = {"client": client, "form": form}
    return render(request, "messages_app/letter_new.html", context, status=422 if form.errors else 200)


def _offered(people, chosen: str):
    """Whom the list offers: whoever was chosen in the address book, else the first by name."""
    if chosen:
        return people.filter(pk=uuid_of(chosen))
    return people.filter(pk__in=list(people.values_list("pk", flat=True)[:OFFERED]))


@secretary_required
@require_http_methods(["GET", "POST"])
def write(request, letter_id):
    letter = known(request, letter_id)
    newest = lettering.newest_of(letter)
    if request.method == "GET":
        hours.opened(letter, by=request.user, at=clock.now())
        form = LetterForm(instance=newest, initial={"version": letter.version} | (letter.typed or {}))
        return _write(request, letter, form)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _write(request, letter, form, status=422)
    said = form.cleaned_data
    if kept := request.POST.get("revision", ""):  # what was kept while typing has moved it on
        said["version"] = int(kept) if kept.isdecimal() and len(kept) < 9 else -1
    try:
        lettering.save(letter, said, version=said["version"], by=request.user, at=clock.now())
    except lettering.NotAsSeen:
        letter.refresh_from_db()
        form.add_error(None, _("Somebody changed this letter meanwhile. What you wrote stands below."))
        return _write(request, letter, form, status=422)
    if said["remember"]:
        lettering.remember_address(letter, at=clock.now())
    messages.success(request, _("Saved."))
    return see_other(request, reverse("letters-letter", args=[letter.pk]))


@secretary_required
@require_POST
def draft(request, letter_id):
    """Keep what is typed. JSON: `revision`, `saved`, `redacted`; 409 with `fields` where it clashes."""
    letter = known(request, letter_id)
    form = LetterForm(request.POST)
    del form.fields["version"]
    revision = typed.revision(request)
    if revision is None:
        return typed.not_a_draft()
    at = clock.now()
    facts = {"version": revision, "by": request.user, "at": at}
    try:
        if letter.state == Letter.State.DRAFT and form.is_valid():
            said = form.cleaned_data
            lettering.keep(letter, said, **facts)
            redacted = {
                name: said[name]
                for name in lettering.WORDS
                if isinstance(said[name], str) and "[card number not kept" in said[name]
            }
        else:
            redacted = lettering.keep_beside(letter, typed.fields(request, lettering.WORDS), **facts)
    except lettering.NotAsSeen:
        letter.refresh_from_db()
        newest = lettering.newest_of(letter)
        fields = {name: str(getattr(newest, name)) for name in lettering.WORDS} | (letter.typed or {})
        return typed.clashes(revision=letter.version, fields=fields)
    return typed.kept(request, revision=letter.version, at=at, redacted=redacted)


@secretary_required
@require_safe
def detail(request, letter_id):
    letter = known(request, letter_id)
    ledger.looked(request.user, letter.client_id, ("messages_app.letter", letter.pk))
    return show(request, letter)


def show(request, letter, *, files=None, status=200):
    letter.refresh_from_db(fields=["state", "version"])
    context = _context(letter) | {"file_form": files or LetterFileForm()}
    return render(request, "messages_app/letter.html", context, status=status)


@secretary_required
@require_safe
def picture(request, letter_id):
    """A page of the newest version, as it will be printed: `?number=`, or the first."""
    letter = known(request, letter_id)
    return page_of(letter, lettering.newest_of(letter), request.GET.get("number", "1"))


@secretary_required
@require_safe
def preview(request, letter_id):
    """The newest version as a PDF, to be looked at. The paper that is posted is kept apart."""
    letter = known(request, letter_id)
    newest = lettering.newest_of(letter)
    try:
        made = lettering.pdf(letter, newest)
    except CannotBeSet as wrong:
        raise Http404 from wrong
    ledger.looked(request.user, letter.client_id, ("messages_app.letter", letter.pk))
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = "inline"
    return _unkept(answer)


@secretary_required
@require_POST
def ask(request, letter_id):
    """Show it to the client."""
    return _do(request, letter_id, lettering.ask, _("The client can read it in the portal."))


@secretary_required
@require_POST
def release(request, letter_id):
    """Post it without the client's having seen it, where she wants it so."""
    return _do(request, letter_id, lettering.release, _("It can be posted."))


@secretary_required
@require_POST
def write_anew(request, letter_id):
    """It came back, or no post takes it: the same words to another address."""
    letter = known(request, letter_id)
    facts = {"version": version_shown(request), "by": request.user, "at": clock.now()}
    try:
        made = anew.write(letter, **facts)
    except lettering.NotAsSeen:
        messages.error(request, _("The letter has changed since. Nothing was done."))
        return see_other(request, reverse("letters-letter", args=[letter.pk]))
    keep_seconds(request, letter, at=facts["at"])
    messages.success(request, _("Now put its address right."))
    return see_other(request, reverse("letters-write", args=[made.pk]))


@secretary_required
@require_POST
def withdraw(request, letter_id):
    return _do(request, letter_id, lettering.withdraw, _("Withdrawn."))


def _do(request, letter_id, verb, words):
    letter = known(request, letter_id)
    changed = _("The letter has changed since. Nothing was done.")
    changed = files_too(request, changed, letter.files.all())
    if act(request, letter, verb, done=words, changed=changed):
        keep_seconds(request, letter, at=clock.now())
    return see_other(request, reverse("letters-letter", args=[letter.pk]))


def keep_seconds(request, letter, *, at, kind=WorkRecord.Kind.LETTER) -> None:
    """She has read it over, or done something about it beside its words, whose seconds `hours` keeps."""
    about = {"client_id": letter.client_id, "subject": (hours.SUBJECT, letter.pk)}
    stretches.keep(request, kind=kind, at=at, **about)


def page_of(letter, version, number: str) -> HttpResponse:
    try:
        pages = lettering.pictures(letter, version)
    except CannotBeSet as wrong:
        raise Http404 from wrong
    place = int(number) if number.isdecimal() and len(number) < 4 else 0
    if not 1 <= place <= len(pages):
        raise Http404
    return _unkept(HttpResponse(pages[place - 1], content_type="image/png"))


def changes(version) -> list:
    """What is different from what the client saw before: a caption and its pieces, part by part."""
    before = lettering.shown_before(version)
    if before is None:
        return []
    return differences.of_parts(_parts(before), _parts(version))


def _parts(version) -> list[tuple[str, str]]:
    return [
        (_("To"), "\n".join(_to(version))),
        (_("Envelope"), version.get_layout_display()),
        (_("Date"), date_format(version.dated_on, "j F Y")),
        (_("Subject"), version.subject),
        (_("Salutation"), version.salutation),
        (_("Words"), version.body),
        (_("Closing"), version.closing),
        (_("Enclosures"), version.enclosures),
        (_("Files"), "\n".join(_file_told(each, version) for each in files_of.of_version(version))),
    ]


def _file_told(file, version) -> str:
    """A file put in anew under the same name is another one."""
    how = _("printed with the letter") if file.joined else _("sent apart")
    put_in = date_format(file.added_at.astimezone(version.letter.client.tz), "j F Y, H:i")
    return _("%(name)s (%(pages)d p., %(how)s), put in %(at)s") % {
        "name": file.name,
        "pages": file.pages,
        "how": how,
        "at": put_in,
    }


def _to(version) -> list[str]:
    return lettering.sheet_of(version.letter, version).address


def _context(letter) -> dict:
    newest = lettering.newest_of(letter)
    gaps = lettering.gaps(letter, newest) if letter.state in Letter.OPEN else []
    return {
        "letter": letter,
        "serial": letter.serial,
        "client": letter.client,
        "newest": newest,
        "wished": letter.versions.exclude(wish="").order_by("-number").first(),
        "address": _to(newest),
        "gaps": gaps,
        "doubts": sheets.doubts(newest),
        "pages": range(1, lettering.count_pages(letter, newest) + 1),
        "looks_otherwise": lettering.looks_otherwise(letter, newest),
        "changes": changes(newest),
        "needs_approval": sheets.head_of(letter.client).needs_approval,
        "versions": letter.versions.select_related("written_by", "decided_by").order_by("-number"),
        "postings": letter.postings.select_related("posted_by__secretary", "run"),
        "files": [(each, reverse("media-file", args=[each.media_id])) for each in letter.files.all()],
        "seen": files_seen.written(letter.files.all()),
        "may_cancel": True,
        "may_be_written_anew": anew.may_be(letter),
        "before": letter.instead_of,
        "came_back": letter.instead_of and letter.instead_of.postings.exclude(returned_at=None).first(),
        "after": letter.written_anew.first(),
        "now": clock.now(),
        "may_enclose": letter.state in (Letter.State.DRAFT, Letter.State.CHANGE) and not letter.serial_id,
    }


def _write(request, letter, form, status=200):
    if letter.state not in Letter.OPEN and not form.errors:  # what she typed is shown to her all the same
        raise Http404
    wish = letter.versions.exclude(wish="").order_by("-number").first()
    context = {"letter": letter, "client": letter.client, "form": form, "wish": wish}
    return render(request, "messages_app/letter_write.html", context, status=status)


def known(request, letter_id) -> Letter:
    letters = Letter.objects.visible_to(request.user)
    letters = letters.select_related("client", "written_by", "serial", "instead_of")
    letter = get_object_or_404(letters, pk=letter_id)
    if lettering.newest_of(letter) is None:  # its time is over, and its words are gone
        raise Http404
    return letter


def _unkept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
