"""The portal's *Whose diaries*: people at the client who keep their own time, each with her own diary."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from calendar_app import diaries
from calendar_app.models import Connection, Diary
from calendar_app.planning import NotPossible
from calendar_app.typed import as_uuid
from clients.doors import speaks_for_client
from clients.models import Contact
from secretariat import clock
from secretariat.next import see_other

from . import whose


@require_safe
@speaks_for_client
def page(request):
    listed = list(whose.hers(request))
    listed.sort(key=lambda each: (each.contact_id is not None, not each.is_active))
    connected = Connection.objects.visible_to(request.user).filter(diary__in=listed, ended_at=None)
    counts: dict = {}
    for diary_id in connected.values_list("diary", flat=True):
        counts[diary_id] = counts.get(diary_id, 0) + 1
    has_one = {each.contact_id for each in listed}
    context = {
        "client": request.contact.client,
        "rows": [(each, counts.get(each.pk, 0)) for each in listed],
        "people": [each for each in _people(request) if each.pk not in has_one],
    }
    return render(request, "calendar_app/diaries.html", context)


@require_POST
@speaks_for_client
def add(request):
    person = get_object_or_404(_people(request), pk=as_uuid(request.POST.get("contact", "")))
    diary = diaries.open_for(person, by=request.user)
    messages.success(
        request, _("%(name)s has a diary now. Say when meetings may be.") % {"name": person.name}
    )
    return see_other(request, f"{reverse('diary-rules')}?diary={diary.pk}")


@require_POST
@speaks_for_client
def off(request, diary_id):
    diary = _one(request, diary_id)
    try:
        diaries.switch_off(diary, by=request.user, at=clock.now())
    except NotPossible as refusal:
        messages.warning(request, str(refusal))
    return see_other(request, reverse("diaries"))


@require_POST
@speaks_for_client
def on(request, diary_id):
    diaries.switch_on(_one(request, diary_id), by=request.user)
    return see_other(request, reverse("diaries"))


def _one(request, diary_id) -> Diary:
    """The client's own is always in use: it is where whatever names nobody is arranged."""
    return get_object_or_404(whose.hers(request).exclude(contact=None), pk=diary_id)


def _people(request):
    people = Contact.objects.visible_to(request.user)
    return people.filter(client=request.contact.client_id, is_active=True)
