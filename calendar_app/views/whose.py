"""Which diary a page of the portal is about, where the client keeps several."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from calendar_app import booking, diaries
from calendar_app.models import Diary
from calendar_app.typed import as_uuid


def hers(request):
    """Those she has a say in: all of the client's for whoever speaks for it, else her own."""
    found = Diary.objects.visible_to(request.user).filter(client=request.contact.client_id)
    if not request.contact.sees_all:
        found = found.filter(contact=request.contact)
    return found.select_related("client", "contact").order_by("contact__rank", "contact__name", "pk")


def diary(request) -> Diary:
    """The one that is named, else her own, else the client's for whoever speaks for it."""
    named = request.POST.get("diary") or request.GET.get("diary")
    if named:
        return get_object_or_404(hers(request), pk=as_uuid(named))
    found = hers(request).filter(contact=request.contact, is_active=True).first()
    if found is None and not request.contact.sees_all:
        raise Http404
    return found or booking.diary_of(request.contact.client)


def choices(request) -> list[Diary]:
    """Those among which she may choose, the client's own first; none where there is but one."""
    found = diaries.in_use(hers(request), request.contact.client_id)
    return found if len(found) > 1 else []
