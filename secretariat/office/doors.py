"""The door to what a secretary does as herself. Other pages of the desk are guarded by `guards`."""

from functools import wraps

from django.http import Http404


def for_herself(view):
    """For secretaries only; the firm finds nothing here. The view has her as `request.secretary`."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        request.secretary = request.user.roles.secretary
        if request.secretary is None:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded
