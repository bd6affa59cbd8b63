from django.urls import path

from .views import presence, shift

desk = [
    path("shift/", shift.page, name="shift"),
    path("shift/start/", shift.start, name="shift-start"),
    path("shift/end/", shift.end, name="shift-end"),
    path("presence/", presence.region, name="presence"),
    path("presence/ready/", presence.ready, name="presence-ready"),
    path("presence/break/", presence.take_break, name="presence-break"),
    path("presence/away/", presence.away, name="presence-away"),
    path("presence/heartbeat/", presence.heartbeat, name="presence-heartbeat"),
]
