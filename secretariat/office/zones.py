"""Pages tell the time as the clocks of whoever reads them do."""

from zoneinfo import ZoneInfo

from django.utils import timezone


class ReadersZone:
    """Middleware: on pages that ask for a sign-in, the current time zone is that of whoever signed in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with timezone.override(None):  # whatever a page activates ends with its request
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # Other pages need not know who reads them, and answer while the database does not.
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            timezone.activate(ZoneInfo(request.user.zone))
