"""What every request needs to know of the person who asks."""

from zoneinfo import ZoneInfo

from django.utils import timezone


class ViewersZone:
    """Moments without a zone of their own are shown, and read from forms, on the clocks of whoever looks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        zone = ZoneInfo(request.user.zone) if request.user.is_authenticated else None
        with timezone.override(zone):
            return self.get_response(request)
