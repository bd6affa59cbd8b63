"""The portal's door: which client somebody looks at, when she is contact of several."""

from functools import wraps
from uuid import UUID

from django.http import Http404

REMEMBERED = "portal_client"


def portal_required(view):
    """For people at a client. The view finds `request.contact`: who she is at the client she looks at.

    `?client=ID` chooses among several and is remembered with the sign-in. Another's client is a 404.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        request.contact = chosen_contact(request)
        if request.contact is None:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def speaks_for_client(view):
    """As `portal_required`, for owners and delegates only."""

    @wraps(view)
    @portal_required
    def guarded(request, *args, **kwargs):
        if not request.contact.sees_all:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def owns_client(view):
    """As `portal_required`, for owners only: who is there and what each may do is theirs to say."""

    @wraps(view)
    @portal_required
    def guarded(request, *args, **kwargs):
        if not request.contact.is_owner:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def chosen_contact(request):
    """The contact she is just now, or None if she is nobody's. Raises Http404 for a client not hers."""
    hers = {contact.client_id: contact for contact in request.user.roles.contacts}
    asked = request.GET.get("client") or request.POST.get("client")
    if asked is None:
        remembered = _uuid(request.session.get(REMEMBERED, ""))
        return hers.get(remembered) or next(iter(hers.values()), None)
    if _uuid(asked) not in hers:
        raise Http404
    request.session[REMEMBERED] = asked
    return hers[_uuid(asked)]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
