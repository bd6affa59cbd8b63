"""Who is acting just now: the person behind a request, or the product itself.

One context around every page, every effect, every notice and every duty of the sweep; log lines read it.
Transactions are opened within it, so it is also where the database will be told for whom it answers, once its
rows have policies.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_acting: ContextVar[UUID | None] = ContextVar("acting", default=None)


@contextmanager
def acting_for(user) -> Iterator[None]:
    """What happens within is done for `user`; None: by the product itself."""
    token = _acting.set(user.pk if user is not None else None)
    try:
        yield
    finally:
        _acting.reset(token)


def who() -> UUID | None:
    """The id of the person acting, or None when it is the product or somebody who is not signed in."""
    return _acting.get()


class ActingForReader:
    """Middleware: a page that asks for a sign-in is asked for by whoever signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with acting_for(None):  # whoever is set below ends with the request
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # Other pages need not know who reads them, and answer while the database does not.
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            _acting.set(request.user.pk)
