"""What is written in a client's name leaves the desk: as it stands, from a template, or taken back."""

from contextlib import suppress
from datetime import datetime

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from messages_app import files_seen, filling
from messages_app.answering import drafting, leaving, sending_off, templates
from messages_app.forms.outgoing import OutgoingForm, TemplateChoiceForm
from messages_app.models import MailTemplate, OutgoingMail
from messages_app.views import typed
from messages_app.views.desk_outgoing import back_to, outgoing_of, show
from secretariat import clock
from secretariat.office.guards import secretary_required

State = OutgoingMail.State
SAID = ("to", "cc", "bcc", "subject", "words")


def keep(request, outgoing) -> OutgoingMail:
    """Save what is on the screen. Raises StaleDraft where somebody else has changed it, or sent it, since.

    Raises OthersWrite, of those, where somebody else writes in it now: nothing is written over hers.

    What she saved herself since is no newer than her page: the answer to it was lost.
    """
    values, revision = typed.fields(request, drafting.FIELDS), typed.revision(request) or 0
    try:
        drafting.save(outgoing, by=request.user, at=clock.now(), values=values, revision=revision)
    except drafting.OthersWrite:
        raise
    except drafting.StaleDraft as stale:
        if stale.kept.saved_by_id != request.user.pk:
            raise
    return outgoing_of(request, outgoing.pk)


def _too_late(request, outgoing, why: str, *, revision: int = 0):
    """What stands now, with all that she typed over `revision`: in the form, while it is still written."""
    if outgoing.is_writable:
        form = OutgoingForm(request.POST, outgoing=outgoing)
        form.add_error(None, why)
        told = files_seen.changed_since(request.POST.getlist("enclosed"), outgoing.enclosures.all())
        if told and told not in why:
            form.add_error(None, told)
        return show(request, outgoing, form=form, revision=revision, told_of_files=True, status=422)
    hers = typed.fields(request, drafting.FIELDS)
    pressed_twice = outgoing.confirmed_by_id == request.user.pk and outgoing.state != State.DROPPED
    stands = outgoing.values
    if pressed_twice or all(drafting.clean(hers)[0].get(name, "") == stands.get(name, "") for name in SAID):
        return back_to(request, outgoing)
    return show(request, outgoing, not_sent=hers, status=422)


def _not_kept(request, stale: drafting.StaleDraft):
    """What she typed stands on her screen alone: what is written there is somebody else's."""
    kept = stale.kept
    if isinstance(stale, drafting.OthersWrite):
        why = sending_off.taken_over(stale.who)
    else:
        why = sending_off.changed_since(kept)
    return _too_late(request, outgoing_of(request, kept.pk), why, revision=typed.revision(request) or 0)


@secretary_required
@require_POST
def send(request, outgoing_id):
    """Send it, once; or let a second person read it first."""
    outgoing = outgoing_of(request, outgoing_id)
    if not outgoing.is_writable:
        return _too_late(request, outgoing, "")
    try:
        outgoing = keep(request, outgoing)
    except drafting.StaleDraft as stale:
        return _not_kept(request, stale)
    form = OutgoingForm(request.POST, outgoing=outgoing)
    if not form.is_valid():
        return show(request, outgoing, form=form, status=422)
    try:
        sending_off.send(
            outgoing,
            form.said,
            by=request.user,
            at=clock.now(),
            had_seen=request.POST.get("had_seen") or None,
            known_at=_moment(request.POST.get("known_at", "")),
            enclosed=request.POST.getlist("enclosed"),
        )
    except sending_off.HappenedMeanwhile as told:
        return show(request, outgoing, form=form, happened=told.what, status=422)
    except sending_off.OthersWrite as refusal:
        stands = outgoing_of(request, outgoing.pk)
        return _too_late(request, stands, str(refusal), revision=outgoing.revision)
    except sending_off.NotSent as refusal:
        form.add_error("send_on" if isinstance(refusal, sending_off.NotThen) else None, str(refusal))
        return show(request, outgoing, form=form, status=422)
    return back_to(request, outgoing)


def _moment(text: str) -> datetime | None:
    """When her page was drawn; whatever else stands there tells nothing, nor does a moment to come."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return min(moment, clock.now()) if moment.tzinfo else None


@secretary_required
@require_POST
def undo(request, outgoing_id):
    outgoing = outgoing_of(request, outgoing_id)
    if outgoing.state != State.SCHEDULED or not leaving.undo(outgoing, by=request.user):
        messages.warning(request, _("It has left already."))
    return back_to(request, outgoing)


@secretary_required
@require_POST
def fill(request, outgoing_id):
    """Put a template's words above what is written."""
    outgoing = outgoing_of(request, outgoing_id)
    try:
        outgoing = keep(request, outgoing)
    except drafting.StaleDraft as stale:
        return _not_kept(request, stale)
    offered = MailTemplate.objects.visible_to(request.user).for_client(outgoing.client)
    form = TemplateChoiceForm(request.POST, offered=offered)
    if form.is_valid() and outgoing.is_writable:
        filled = templates.fill(form.cleaned_data["template"], outgoing, by=request.user, at=clock.now())
        written = outgoing.values.get("words", "").strip()
        words = "\n\n".join(filter(None, [filled.words.strip(), written]))
        values = outgoing.values | {"words": words}
        if filled.subject and not values.get("subject"):
            values["subject"] = filled.subject
        with suppress(drafting.StaleDraft):
            drafting.save(
                outgoing, by=request.user, at=clock.now(), values=values, revision=outgoing.revision
            )
        if filled.missing:
            gaps = filling.in_braces(filled.missing)
            messages.warning(request, _("Fill in yourself: %(gaps)s") % {"gaps": gaps})
    return back_to(request, outgoing)
