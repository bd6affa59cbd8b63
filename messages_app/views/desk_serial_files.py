"""PDFs that go with every copy of a serial letter, put in and taken out while it is written."""

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from messages_app.forms.printing import LetterFileForm
from messages_app.letters import enclosing, lettering
from messages_app.models import LetterFile
from messages_app.views.desk_serials import keep_seconds, known, show
from messages_app.views.letter_acts import version_shown
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.guards import secretary_required


@secretary_required
@require_POST
def enclose(request, serial_id):
    serial = known(request, serial_id)
    form = LetterFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, serial, files=form, status=422)
    said = form.cleaned_data
    content, named = said["file"].read(), {"name": said["name"], "joined": said["joined"]}
    facts = {"version": version_shown(request), "by": request.user, "at": clock.now()}
    try:
        count = enclosing.enclose_in_all(serial, content, **named, **facts)
    except enclosing.NotEnclosed as refusal:
        form.add_error("file", str(refusal))
        return show(request, serial, files=form, status=422)
    except lettering.NotAsSeen:
        messages.error(request, _("The letters have changed since. The file was not kept."))
    else:
        told = ngettext("It goes with %(n)d copy.", "It goes with %(n)d copies.", count)
        messages.success(request, told % {"n": count})
        keep_seconds(request, serial, at=facts["at"])
    return see_other(request, reverse("letters-serial", args=[serial.pk]))


@secretary_required
@require_POST
def take_out(request, serial_id, media_id):
    serial = known(request, serial_id)
    files = LetterFile.objects.visible_to(request.user).filter(letter__serial=serial, media_id=media_id)
    if not files.exists():
        raise Http404
    try:
        enclosing.take_out_of_all(serial, media_id, version=version_shown(request), by=request.user)
    except lettering.NotAsSeen:
        messages.error(request, _("The letters have changed since. Nothing was done."))
    return see_other(request, reverse("letters-serial", args=[serial.pk]))
