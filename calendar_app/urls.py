from django.urls import path

from . import webhooks as told
from .views import online

portal = [
    path("calendars/online/back/", online.back, name="calendars-online-back"),
    path("calendars/<uuid:diary_id>/google/", online.start, {"kind": "google"}, name="calendars-google"),
    path(
        "calendars/<uuid:diary_id>/microsoft/",
        online.start,
        {"kind": "microsoft"},
        name="calendars-microsoft",
    ),
]
site = [
    path("calendar/push/google/", told.google, name="calendar-push-google"),
    path("calendar/push/microsoft/", told.microsoft, name="calendar-push-microsoft"),
]
