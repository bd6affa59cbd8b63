from django.urls import path

from . import webhooks as told
from .views import online

portal = [
    path("calendars/online/back/", online.back, name="calendars-online-back"),
    path("calendars/online/<slug:kind>/", online.start, name="calendars-online"),
]
site = [
    path("calendar/push/google/", told.google, name="calendar-push-google"),
    path("calendar/push/microsoft/", told.microsoft, name="calendar-push-microsoft"),
]
