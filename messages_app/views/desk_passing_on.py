"""To whom a mail goes, by the client's address book; and a mail that came, passed on with its files."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.models import CorrespondentAddress
from messages_app.answering import drafting
from messages_app.mail import attached, composing, original
from messages_app.models import Mail
from messages_app.views.desk_inbox import keep_seconds
from messages_app.views.desk_outgoing import back_to, outgoing_of
from secretariat import clock
from secretariat.office.guards import secretary_required

INTO = ("to", "cc", "bcc")


@secretary_required
@require_POST
def add(request, outgoing_id):
    """Put somebody of the client's address book among those it goes to, by address or by whole name."""
    outgoing = outgoing_of(request, outgoing_id)
    into, asked = request.POST.get("into", ""), request.POST.get("person", "").strip().lower()[:254]
    hers = CorrespondentAddress.objects.visible_to(request.user).filter(
        client=outgoing.client_id, kind=CorrespondentAddress.Kind.EMAIL
    )
    known = hers.filter(Q(value=asked) | Q(correspondent__name__iexact=asked)) if asked else hers.none()
    meant = known.order_by("value").values_list("value", flat=True).first()
    if meant is None:
        messages.warning(
            request, _("Nobody in the client’s address book is “%(who)s”. Type the address.") % {"who": asked}
        )
    elif into in INTO and outgoing.is_writable:
        values = outgoing.values
        there = {each for name in INTO for each in composing.written_addresses(values.get(name, ""))[0]}
        if meant not in there:
            named = [values.get(into, "").strip().rstrip(",;"), meant]
            facts = {"by": request.user, "at": clock.now(), "revision": outgoing.revision}
            try:
                drafting.save(outgoing, values=values | {into: ", ".join(filter(None, named))}, **facts)
            except drafting.OthersWrite as taken:
                said = _("%(name)s has taken this over and writes just now. Nobody was added.")
                messages.warning(request, said % {"name": taken.who.name})
            except drafting.StaleDraft:
                messages.warning(request, _("It was changed meanwhile. Nobody was added."))
    return back_to(request, outgoing)


@secretary_required
@require_POST
def take_along(request, outgoing_id):
    """Let a file of the mail that is answered go along with the answer."""
    outgoing = outgoing_of(request, outgoing_id)
    number = request.POST.get("n", "")
    read = original.read_again(outgoing.answers) if outgoing.answers else None
    files = attached.files_of(read) if read else []
    if not number.isdecimal() or len(number) > 3 or int(number) >= len(files):
        messages.warning(request, _("That file is kept no longer."))
        return back_to(request, outgoing)
    file = files[int(number)]
    try:
        facts = {"by": request.user, "at": clock.now()}
        drafting.enclose(outgoing, name=file.name or _("file"), content=file.content, **facts)
    except drafting.NotEnclosed as refusal:
        messages.warning(request, str(refusal))
    return back_to(request, outgoing)


@secretary_required
@require_POST
def pass_on(request, mail_id):
    """Begin a mail to somebody else with this one in it, and what came with it."""
    mails = Mail.objects.visible_to(request.user).filter(mailbox__ended_at=None)
    mails = mails.select_related("client", "mailbox__client", "thread")
    mail, at = get_object_or_404(mails, pk=mail_id), clock.now()
    passed = drafting.pass_on(mail, by=request.user, at=at)
    keep_seconds(request, mail.thread, at=at)
    for why in passed.left_out:
        messages.warning(request, why)
    return back_to(request, passed.outgoing)
