"""Who may open a page at all. What she may see on it is decided row by row, by `visible_to`."""

from functools import wraps

from django.http import Http404


def secretary_required(view):
    """For secretaries at work and the firm; anybody else finds nothing here."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        roles = request.user.roles
        if not (roles.secretary or roles.firm_wide):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def firm_required(view):
    """For those who hold a post in the firm; anybody else finds nothing here."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.roles.firm_wide:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def books_required(view):
    """For those who see the firm's money: who runs it, and a bookkeeper; anybody else finds nothing here."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.roles.keeps_books:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def partner_required(view):
    """For people of an outsourcing company; anybody else finds nothing here."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.roles.partner is None:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def for_herself(view):
    """For what a secretary does as herself; the firm finds nothing here. She is `request.secretary`."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        request.secretary = request.user.roles.secretary
        if request.secretary is None:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def for_her_papers(view):
    """For what somebody may read who works here or once did: her contract, her pay. As `for_herself`."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        request.secretary = request.user.roles.engagement
        if request.secretary is None:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def contact_required(view):
    """For people at a client; anybody else finds nothing here."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.roles.contacts:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
