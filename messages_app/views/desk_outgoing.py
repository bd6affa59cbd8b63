"""Writing in a client's name, at the desk: begun, typed, approved, and seen to its end."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe
from django_htmx.http import reselect, reswap

from clients import differences, stretches
from clients.models import CorrespondentAddress, WorkRecord
from messages_app import files_seen
from messages_app.answering import (
    approving,
    asking_client,
    checking,
    claiming,
    drafting,
    following,
    hours,
    leaving,
    making,
)
from messages_app.forms.outgoing import (
    ChangeForm,
    EnclosureForm,
    OutgoingForm,
    QuestionForm,
    ToldForm,
)
from messages_app.mail import attached, composing
from messages_app.models import MailTemplate, MailThread, OutgoingMail
from messages_app.views import typed
from messages_app.views.desk_inbox import keep_seconds
from secretariat import clock, ledger, outbox
from secretariat.next import see_other
from secretariat.office.guards import secretary_required
from secretariat.outbox.posting import NoLongerKept

State = OutgoingMail.State
MOST_MAILS = 20
OFFERED = 500  # addresses of the client's book
REDRAWN = ("asked", "outgoing")  # parts of the page that ask for it because something happened


def outgoing_of(request, outgoing_id) -> OutgoingMail:
    rows = OutgoingMail.objects.visible_to(request.user).select_related(
        *("client", "mailbox__client", "thread__claimed_by", "thread__correspondent", "answers", "author"),
        *("confirmed_by", "approved_by", "effect"),
    )
    return get_object_or_404(rows, pk=outgoing_id)


def back_to(request, outgoing) -> object:
    return see_other(request, reverse("outgoing", args=[outgoing.pk]))


@secretary_required
@require_POST
def answer(request, thread_id):
    """Begin to answer, or go on. While somebody else writes, only by taking over."""
    threads = MailThread.objects.visible_to(request.user).select_related("claimed_by", "mailbox", "client")
    thread = get_object_or_404(threads, pk=thread_id)
    at = clock.now()
    if thread.mailbox.ended_at:
        messages.warning(request, leaving.NOTHING_LEAVES)
        return see_other(request, reverse("inbox-thread", args=[thread.pk]))
    if request.POST.get("over"):
        claiming.take_over(thread, by=request.user, at=at)
    elif not claiming.claim(thread, by=request.user, at=at):
        thread.refresh_from_db()
        name = thread.claimed_by.name if thread.claimed_by else _("Somebody")
        messages.warning(request, _("%(name)s is writing an answer just now.") % {"name": name})
        return see_other(request, reverse("inbox-thread", args=[thread.pk]))
    keep_seconds(request, thread, at=at)
    everybody = request.POST.get("whom") != "author"
    draft = drafting.answer(thread, by=request.user, at=at, everybody=everybody)
    return back_to(request, draft)


@secretary_required
@require_safe
def detail(request, outgoing_id):
    outgoing = outgoing_of(request, outgoing_id)
    ledger.looked(request.user, outgoing.client_id, (drafting.SUBJECT, outgoing.pk))
    for asked in outgoing.questions.exclude(answered_at=None):
        asking_client.has_been_read(asked, by=request.user)
    if outgoing.is_writable and request.htmx.target not in REDRAWN:
        hours.opened(outgoing, by=request.user, at=clock.now())
    answer = show(request, outgoing)
    if request.htmx.target == "outgoing" and outgoing.is_writable:  # from now on it is typed in
        answer = reselect(reswap(answer, "outerHTML"), "#outgoing")
    return answer


def show(
    request,
    outgoing,
    *,
    form=None,
    happened=None,
    question=None,
    change=None,
    file=None,
    revision: int | None = None,
    not_sent=None,
    told_of_files=False,
    status=200,
):
    """`revision`: what `form` was typed over, if another stands now. `not_sent`: what has no form now.

    `told_of_files`: `form` says what has changed of them; else they are held against what she saw before.
    """
    thread, at = outgoing.thread, clock.now()
    version = approving.latest(outgoing)
    before = approving.before(version) if version else None
    heading = making.heading_of(outgoing.mailbox)
    writable = outgoing.is_writable
    context = {
        "outgoing": outgoing,
        "client": outgoing.client,
        "mailbox": outgoing.mailbox,
        "thread": thread,
        "mails": list(thread.mails.select_related("by").order_by("-at", "-pk")[:MOST_MAILS])
        if thread
        else [],
        "form": (form or OutgoingForm(outgoing=outgoing)) if writable else None,
        "sender": outgoing.sender or heading.sender,
        "heading": heading,
        "revision": outgoing.revision if revision is None else revision,
        "not_sent": not_sent,
        "enclosures": enclosures_of(outgoing),
        "seen": request.POST.getlist("enclosed")
        if form and not told_of_files
        else files_seen.written(outgoing.enclosures.all()),
        "came_with": _came_with(outgoing.answers) if writable and outgoing.answers else [],
        "enclosure_form": file or EnclosureForm(),
        "book": address_book(request.user, outgoing) if writable else [],
        "offered": MailTemplate.objects.visible_to(request.user).for_client(outgoing.client),
        "questions": [
            (asked, None if asked.answered_at else ToldForm(asked=asked))
            for asked in outgoing.questions.select_related("contact", "asked_by")
        ],
        "question_form": question or QuestionForm(client=outgoing.client),
        "version": version,
        "before": before,
        "files": approving.changed_files(before, version) if before else None,
        "pieces": differences.differences(before.words, version.words) if before else None,
        "may_decide": bool(version) and approving.may_decide(version, request.user),
        "change_form": change or ChangeForm(),
        "happened": happened or (checking.meanwhile(outgoing) if writable else None),
        "had_seen": checking.newest_id(thread) if happened else outgoing.had_seen,
        "other": _other(thread, request.user, at),
        "may_undo": outgoing.state == State.SCHEDULED,
        "now": at,
        "began": stretches.began(request),
        "troubles": following.troubles_in_words(outgoing),
    }
    return render(request, "messages_app/outgoing/detail.html", context, status=status)


def enclosures_of(outgoing) -> list[dict]:
    return [
        {"row": each, "url": reverse("media-file", args=[each.media_id])}
        for each in outgoing.enclosures.all()
    ]


def _came_with(mail) -> list[dict]:
    """Files of the mail that is answered, to go along with the answer; pictures in its words do not."""
    listed = [each | {"number": number} for number, each in enumerate(mail.attachments)]
    return [each for each in listed if not attached.is_drawn(each)]


def address_book(user, outgoing) -> list[CorrespondentAddress]:
    """Whom the client knows by an address, as far as they are offered; whoever else is in it, she types."""
    hers = CorrespondentAddress.objects.visible_to(user).filter(client=outgoing.client_id, kind="email")
    offered = hers.filter(correspondent__blocked=False).select_related("correspondent")
    return list(offered.order_by("correspondent__name", "value")[:OFFERED])


def _other(thread, user, at):
    """Somebody else who writes in it just now."""
    writes = claiming.writes_now(thread, at=at) if thread else None
    return writes if writes and writes != user else None


@secretary_required
@require_POST
def draft(request, outgoing_id):
    """Keep what is typed. JSON as for a message: `revision`, `saved`, `redacted`; 409 where it clashes.

    423 while somebody else writes: hers is not written over, and the page keeps what is typed in it.
    """
    outgoing = outgoing_of(request, outgoing_id)
    if (revision := typed.revision(request)) is None:
        return typed.not_a_draft()
    try:
        said = {"values": typed.fields(request, drafting.FIELDS), "unheard": typed.unheard(request)}
        saved = drafting.save(outgoing, by=request.user, at=clock.now(), revision=revision, **said)
    except drafting.OthersWrite as taken:
        return typed.taken_over(taken.who.name)
    except drafting.StaleDraft as stale:
        return typed.clashes(revision=stale.kept.revision, fields=stale.kept.values)
    row = saved.outgoing
    return typed.kept(request, revision=row.revision, at=row.saved_at, redacted=saved.redacted)


@secretary_required
@require_POST
def drop(request, outgoing_id):
    outgoing = outgoing_of(request, outgoing_id)
    try:
        dropped = drafting.drop(outgoing, by=request.user, at=clock.now())
    except drafting.OthersWrite as taken:
        words = _("It was not thrown away: %(name)s has taken it over, and writes just now.")
        messages.warning(request, words % {"name": taken.who.name})
        dropped = False
    if not dropped:
        return back_to(request, outgoing)
    messages.success(request, _("The draft is thrown away."))
    if outgoing.thread_id:
        return see_other(request, reverse("inbox-thread", args=[outgoing.thread_id]))
    return see_other(request, reverse("outgoing-list"))


@secretary_required
@require_POST
def enclose(request, outgoing_id):
    outgoing = outgoing_of(request, outgoing_id)
    form = EnclosureForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, outgoing, file=form, status=422)
    file = form.cleaned_data["file"]
    try:
        if file.size > composing.MOST_BYTES:
            raise drafting.NotEnclosed(
                _("All files together may have 20 MB: many mail servers take no more.")
            )
        facts = {"by": request.user, "at": clock.now()}
        drafting.enclose(outgoing, name=file.name, content=file.read(), **facts)
    except drafting.NotEnclosed as refusal:
        form.add_error("file", str(refusal))
        return show(request, outgoing, file=form, status=422)
    return back_to(request, outgoing)


@secretary_required
@require_POST
def take_out(request, outgoing_id, enclosure_id):
    outgoing = outgoing_of(request, outgoing_id)
    file = outgoing.enclosures.filter(pk=enclosure_id).first()
    if file is None:  # somebody was before her
        messages.warning(request, _("That file goes with it no more."))
    else:
        drafting.take_out(file)
    return back_to(request, outgoing)


@secretary_required
@require_POST
def decide(request, outgoing_id):
    """A second person at the desk approves the version she was shown, or asks for a change."""
    outgoing = outgoing_of(request, outgoing_id)
    version = approving.latest(outgoing)
    if version is None or str(version.number) != request.POST.get("version", ""):
        messages.warning(request, _("There is a newer version. Here it is."))
        return back_to(request, outgoing)
    if not approving.may_decide(version, request.user):
        messages.warning(request, _("Somebody else has to read it."))
        return back_to(request, outgoing)
    at = clock.now()
    if request.POST.get("decision") == "approve":
        won = approving.approve(version, by=request.user, at=at)
    else:
        form = ChangeForm(request.POST)
        if not form.is_valid():
            return show(request, outgoing, change=form, status=422)
        note = form.cleaned_data["note"]
        won = approving.ask_for_change(version, note=note, by=request.user, at=at)
    if won:
        keep_time(request, outgoing, at=at)
    else:
        messages.warning(request, _("It was decided meanwhile."))
    return back_to(request, outgoing)


@secretary_required
@require_POST
def take_back(request, outgoing_id):
    outgoing = outgoing_of(request, outgoing_id)
    if not approving.take_back(outgoing, by=request.user, at=clock.now()):
        messages.warning(request, _("It was decided meanwhile."))
    return back_to(request, outgoing)


@secretary_required
@require_POST
def ask(request, outgoing_id):
    outgoing = outgoing_of(request, outgoing_id)
    form = QuestionForm(request.POST, client=outgoing.client)
    if not form.is_valid():
        return show(request, outgoing, question=form, status=422)
    told, at = form.cleaned_data, clock.now()
    asked = asking_client.ask(outgoing, told["contact"], told["question"], by=request.user, at=at)
    hours.turned_from(outgoing, by=request.user)
    keep_time(request, outgoing, kind=WorkRecord.Kind.MAIL, at=at)
    if unheard := asking_client.unheard(asked):
        messages.warning(request, unheard)
    else:
        messages.success(
            request, _("%(name)s is asked. The draft stays here.") % {"name": asked.contact.name}
        )
    return back_to(request, outgoing)


@secretary_required
@require_POST
def settle(request, outgoing_id):
    """Nobody could tell whether it left: a person has looked, and says so, or has it sent again."""
    outgoing, at = outgoing_of(request, outgoing_id), clock.now()
    if outgoing.state == State.UNKNOWN:
        keep_time(request, outgoing, at=at)
    if request.POST.get("how") == "left":
        following.arrived_after_all(outgoing, by=request.user, at=at)
    elif outgoing.state == State.UNKNOWN:
        try:
            if outgoing.effect is None:
                raise NoLongerKept(str(outgoing.pk))
            outbox.post_again(outgoing.effect, actor_id=request.user.pk)
        except NoLongerKept:
            following.back_to_its_author(outgoing, by=request.user)
    return back_to(request, outgoing)


def keep_time(request, outgoing, *, at, kind=WorkRecord.Kind.READING) -> None:
    """She has read what somebody wrote, looked where it went, or written beside it."""
    stretches.keep(
        request,
        kind=kind,
        client_id=outgoing.client_id,
        subject=(drafting.SUBJECT, outgoing.pk),
        at=at,
    )


@secretary_required
@require_GET
def meanwhile(request, outgoing_id):
    """What happened in the conversation while it was written, for the page to show."""
    outgoing = outgoing_of(request, outgoing_id)
    context = {
        "outgoing": outgoing,
        "happened": checking.meanwhile(outgoing) if outgoing.is_writable else None,
        "other": _other(outgoing.thread, request.user, clock.now()),
    }
    return render(request, "messages_app/outgoing/_meanwhile.html", context)
