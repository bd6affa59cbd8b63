"""PDFs that go with a letter, put in and taken out at the desk while it is written."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from messages_app.forms.printing import LetterFileForm
from messages_app.letters import enclosing, lettering
from messages_app.models import LetterFile
from messages_app.views.desk_letters import keep_seconds, known, show
from messages_app.views.letter_acts import version_shown
from secretariat import clock
from secretariat.next import see_other
from secretariat.office.guards import secretary_required


@secretary_required
@require_POST
def enclose(request, letter_id):
    letter = known(request, letter_id)
    form = LetterFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, letter, files=form, status=422)
    said = form.cleaned_data
    facts = {"version": version_shown(request), "by": request.user, "at": clock.now()}
    try:
        enclosing.enclose(letter, said["file"].read(), name=said["name"], joined=said["joined"], **facts)
    except enclosing.NotEnclosed as refusal:
        form.add_error("file", str(refusal))
        return show(request, letter, files=form, status=422)
    except lettering.NotAsSeen:
        messages.error(request, _("The letter has changed since. The file was not kept."))
    else:
        keep_seconds(request, letter, at=facts["at"])
    return see_other(request, reverse("letters-letter", args=[letter.pk]))


@secretary_required
@require_POST
def take_out(request, letter_id, file_id):
    letter = known(request, letter_id)
    files = LetterFile.objects.visible_to(request.user).filter(letter=letter).select_related("letter")
    try:
        facts = {"version": version_shown(request), "by": request.user, "at": clock.now()}
        enclosing.take_out(get_object_or_404(files, pk=file_id), **facts)
    except lettering.NotAsSeen:
        messages.error(request, _("The letter has changed since. Nothing was done."))
    return see_other(request, reverse("letters-letter", args=[letter.pk]))
