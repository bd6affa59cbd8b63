"""Serial letters at the desk: to whom, the words, every copy looked at before anything is made."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients import stretches
from clients.models import AddressImport, Client, Correspondent, PostalAddress, WorkRecord
from messages_app import files_seen
from messages_app.forms.printing import LetterFileForm
from messages_app.forms.serial import NewSerialForm, SerialForm
from messages_app.letters import enclosing, serials, sheets
from messages_app.models import Letter, LetterTemplate, SerialLetter
from messages_app.views import typed
from messages_app.views.letter_acts import act, files_too, uuid_of, version_shown
from secretariat import clock, ledger
from secretariat.next import see_other
from secretariat.office.guards import secretary_required
from secretariat.paging import page

A_PAGE = 50
TICKED = 500  # of more people nobody ticks each: they are found by words, or by the file they came in


@secretary_required
@require_safe
def index(request):
    rows = SerialLetter.objects.visible_to(request.user).select_related("client")
    listed = page(rows, newest_by="created_at", after=request.GET.get("after", ""))
    return render(request, "messages_app/serials/index.html", {"page": listed})


@secretary_required
@require_http_methods(["GET", "POST"])
def new(request):
    """Which client, then to whom and what they begin with."""
    clients = Client.objects.visible_to(request.user).filter(is_active=True)
    asked = request.POST.get("client") or request.GET.get("client")
    if not asked:
        return render(request, "messages_app/serials/which.html", {"clients": clients})
    client = get_object_or_404(clients, pk=uuid_of(asked))
    imports = AddressImport.objects.visible_to(request.user)
    form = NewSerialForm(
        request.POST if request.method == "POST" else None,
        templates=LetterTemplate.objects.visible_to(request.user).filter(client=client, is_active=True),
        imports=imports.filter(client=client, state=AddressImport.State.DONE),
    )
    context = {"client": client, "form": form, "most": serials.MOST, "began": stretches.began(request)}
    if form.is_valid():
        found = _whom(request, client, form.cleaned_data)
        ticked = _ticked(request)
        if "look" in request.POST:
            context |= _to_be_ticked(form, found)
        elif people := [each for each in found if ticked is None or each.pk in ticked]:
            at = clock.now()
            facts = {"template": form.cleaned_data["template"], "by": request.user, "at": at}
            try:
                serial = serials.begin(client, people, **facts)
            except serials.TooMany:
                form.add_error(None, _too_many(found.count(), serials.MOST))
            else:
                keep_seconds(request, serial, at=at)
                return see_other(request, reverse("letters-serial-write", args=[serial.pk]))
        elif ticked is None:
            form.add_error(None, _("Nobody is found to whom it could go."))
        else:
            form.add_error(None, _("Nobody is ticked."))
            context |= _to_be_ticked(form, found, ticked)
    return render(request, "messages_app/serials/new.html", context, status=422 if form.errors else 200)


@secretary_required
@require_http_methods(["GET", "POST"])
def write(request, serial_id):
    serial = known(request, serial_id)
    if serial.state not in (SerialLetter.State.DRAFT, SerialLetter.State.CHANGE):
        raise Http404
    if request.method == "GET":
        form = SerialForm(instance=serial, initial={"version": serial.version} | (serial.typed or {}))
        return _write(request, serial, form)
    form = SerialForm(request.POST)
    if not form.is_valid():
        return _write(request, serial, form, status=422)
    said, at = form.cleaned_data, clock.now()
    if kept := request.POST.get("revision", ""):  # what was kept while typing has moved it on
        said["version"] = int(kept) if kept.isdecimal() and len(kept) < 9 else -1
    try:
        serials.rewrite(serial, said, version=said["version"], by=request.user, at=at)
    except serials.NotAsSeen:
        serial.refresh_from_db()
        form.add_error(None, _("Somebody changed these letters meanwhile. What you wrote stands below."))
        return _write(request, serial, form, status=422)
    keep_seconds(request, serial, at=at)
    return see_other(request, reverse("letters-serial", args=[serial.pk]))


@secretary_required
@require_POST
def draft(request, serial_id):
    """Keep what is typed. JSON: `revision`, `saved`, `redacted`; 409 with `fields` where it clashes."""
    serial = known(request, serial_id)
    revision = typed.revision(request)
    if revision is None:
        return typed.not_a_draft()
    try:
        redacted = serials.keep_beside(serial, typed.fields(request, serials.WORDS), version=revision)
    except serials.NotAsSeen:
        serial.refresh_from_db()
        fields = {name: str(getattr(serial, name)) for name in serials.WORDS} | (serial.typed or {})
        return typed.clashes(revision=serial.version, fields=fields)
    return typed.kept(request, revision=serial.version, at=clock.now(), redacted=redacted)


@secretary_required
@require_safe
def detail(request, serial_id):
    """The words, and every copy, those first in which something is missing; `?after=` the number before."""
    return show(request, known(request, serial_id))


def show(request, serial, *, files=None, status=200):
    serial.refresh_from_db(fields=["state", "version"])
    after = request.GET.get("after", "")
    after = int(after) if after.isdecimal() and len(after) < 6 else 0
    copies = Letter.objects.visible_to(request.user).filter(serial=serial).with_newest()
    broken_first = Case(
        When(Q(state=Letter.State.DRAFT, gaps__isnull=False) & ~Q(gaps=[]), then=0),
        default=1,
        output_field=IntegerField(),
    )
    copies = list(copies.order_by(broken_first, "number")[after : after + A_PAGE + 1])
    ledger.looked(request.user, serial.client_id, ("messages_app.serialletter", serial.pk))
    put_in = enclosing.files_of_all(serial)
    context = {
        "serial": serial,
        "client": serial.client,
        "began": stretches.began(request),
        "counted": serials.counted(serial),
        "copies": copies[:A_PAGE],
        "after": after,
        "next": after + A_PAGE if len(copies) > A_PAGE else None,
        "needs_approval": sheets.head_of(serial.client).needs_approval,
        "files": [(each, reverse("media-file", args=[each.media_id])) for each in put_in],
        "seen": files_seen.written(put_in),
        "may_enclose": serial.state in (SerialLetter.State.DRAFT, SerialLetter.State.CHANGE),
        "file_form": files or LetterFileForm(),
        "sample": next((each for each in copies if each.state != Letter.State.WITHDRAWN), None),
    }
    return render(request, "messages_app/serials/detail.html", context, status=status)


@secretary_required
@require_POST
def leave_out(request, serial_id):
    serial = known(request, serial_id)
    try:
        left = serials.leave_out_gaps(serial, version=version_shown(request), by=request.user)
    except serials.NotAsSeen:
        messages.error(request, _("The letters have changed since. Nothing was done."))
    else:
        said = ngettext("%(n)d copy is left out.", "%(n)d copies are left out.", left) % {"n": left}
        messages.success(request, said)
        keep_seconds(request, serial, at=clock.now())
    return see_other(request, reverse("letters-serial", args=[serial.pk]))


@secretary_required
@require_POST
def ask(request, serial_id):
    return _do(request, serial_id, serials.ask, _("The client can read them in the portal."))


@secretary_required
@require_POST
def release(request, serial_id):
    return _do(request, serial_id, serials.release, _("They are being set."))


@secretary_required
@require_POST
def withdraw(request, serial_id):
    return _do(request, serial_id, serials.withdraw, _("Withdrawn."))


def _do(request, serial_id, verb, words):
    serial = known(request, serial_id)
    changed = _("The letters have changed since. Nothing was done.")
    changed = files_too(request, changed, enclosing.files_of_all(serial))
    if act(request, serial, verb, done=words, changed=changed):
        keep_seconds(request, serial, at=clock.now())
    return see_other(request, reverse("letters-serial", args=[serial.pk]))


def _whom(request, client, said) -> QuerySet[Correspondent]:
    people = Correspondent.objects.visible_to(request.user).filter(client=client, blocked=False)
    places = PostalAddress.objects.visible_to(request.user).filter(correspondent=OuterRef("pk"))
    words = said["words"]
    if said["file"]:
        people = people.filter(pk__in=said["file"].entries.values("correspondent"))
    else:
        people = people.filter(Exists(places))
    if words:
        in_town = Exists(places.filter(city__icontains=words))
        people = people.filter(Q(name__icontains=words) | Q(firm__icontains=words) | in_town)
    return people.order_by("name", "firm", "pk")


def _ticked(request) -> set[UUID] | None:
    """Whom she has ticked; None: she was not asked, and means everybody who is found."""
    if "ticking" not in request.POST:
        return None
    found = set()
    for text in request.POST.getlist("who"):
        with suppress(ValueError):
            found.add(UUID(text))
    return found


def _to_be_ticked(form, found, ticked: set[UUID] | None = None) -> dict:
    """Those who are found, each with whether she is ticked; a sentence where they are too many for that."""
    people = list(found.prefetch_related("postal_addresses")[: TICKED + 1])
    if not people:
        form.add_error(None, _("Nobody is found to whom it could go."))
    elif len(people) > TICKED:
        form.add_error(None, _too_many(found.count(), TICKED))
    else:
        return {"found": [(each, ticked is None or each.pk in ticked) for each in people]}
    return {}


def _too_many(count: int, most: int) -> str:
    said = _("%(count)d people are found, and %(most)d at most can be taken here. Choose fewer by words.")
    return said % {"count": count, "most": most}


def _write(request, serial, form, status=200):
    began = stretches.began(request)
    context = {"serial": serial, "client": serial.client, "form": form, "began": began}
    return render(request, "messages_app/serials/write.html", context, status=status)


def known(request, serial_id) -> SerialLetter:
    rows = SerialLetter.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("client", "written_by", "decided_by"), pk=serial_id)


def keep_seconds(request, serial, *, at) -> None:
    stretches.keep(
        request,
        kind=WorkRecord.Kind.LETTER,
        client_id=serial.client_id,
        subject=("messages_app.serialletter", serial.pk),
        at=at,
    )
