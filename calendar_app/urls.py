from django.urls import path

from . import webhooks as told
from .views import arranging, by_link, calendars, changing, meetings, online, repeats, requests
from .views import desk as at_desk
from .views import portal as in_portal

desk = [
    path("diary/", at_desk.index, name="diary"),
    path("diary/book/", arranging.book, name="diary-book"),
    path("diary/block/", arranging.block, name="diary-block"),
    path("diary/meetings/<uuid:meeting_id>/", meetings.page, name="diary-meeting"),
    path("diary/meetings/<uuid:meeting_id>/move/", arranging.move, name="diary-move"),
    path("diary/meetings/<uuid:meeting_id>/cancel/", arranging.cancel, name="diary-cancel"),
    path("diary/meetings/<uuid:meeting_id>/outcome/", arranging.outcome, name="diary-outcome"),
    path("diary/meetings/<uuid:meeting_id>/confirm/", arranging.confirm, name="diary-confirm"),
    path("diary/meetings/<uuid:meeting_id>/release/", arranging.release, name="diary-release"),
    path("diary/meetings/<uuid:meeting_id>/change/", changing.desk_change, name="diary-change"),
    path("diary/meetings/<uuid:meeting_id>/guests/", changing.desk_guests, name="diary-guests"),
    path(
        "diary/meetings/<uuid:meeting_id>/guests/<uuid:guest_id>/off/",
        changing.desk_guest_off,
        name="diary-guest-off",
    ),
    path("diary/meetings/<uuid:meeting_id>/again/", changing.desk_again, name="diary-again"),
    path("diary/meetings/<uuid:meeting_id>/several/", repeats.desk_several, name="diary-several"),
    path("diary/series/", repeats.desk_repeat, name="diary-repeat"),
    path("diary/series/<uuid:series_id>/", repeats.desk_series, name="diary-series"),
    path("diary/ask/", requests.ask, name="diary-ask"),
    path("diary/requests/", requests.index, name="diary-requests"),
    path("diary/requests/<uuid:request_id>/", requests.page, name="diary-request"),
    path("diary/requests/<uuid:request_id>/times/", requests.times, name="diary-request-times"),
    path("diary/requests/<uuid:request_id>/party/", requests.party, name="diary-request-party"),
    path("diary/requests/<uuid:request_id>/promise/", requests.promise, name="diary-request-promise"),
    path("diary/requests/<uuid:request_id>/withdraw/", requests.withdraw, name="diary-request-withdraw"),
    path(
        "diary/requests/<uuid:request_id>/parties/<uuid:party_id>/answer/",
        requests.answer,
        name="diary-request-answer",
    ),
    path(
        "diary/requests/<uuid:request_id>/parties/<uuid:party_id>/send/",
        requests.send,
        name="diary-request-send",
    ),
    path(
        "diary/requests/<uuid:request_id>/proposals/<uuid:proposal_id>/take/",
        requests.take,
        name="diary-request-take",
    ),
    path(
        "diary/requests/<uuid:request_id>/proposals/<uuid:proposal_id>/aside/",
        requests.aside,
        name="diary-request-aside",
    ),
]

portal = [
    path("diary/", in_portal.index, name="diary-portal"),
    path("diary/block/", in_portal.block, name="diary-portal-block"),
    path("diary/rules/", in_portal.rules, name="diary-rules"),
    path("diary/rules/undo/", in_portal.undo_rules, name="diary-rules-undo"),
    path("diary/meetings/<uuid:meeting_id>/", in_portal.meeting, name="diary-portal-meeting"),
    path("diary/meetings/<uuid:meeting_id>/move/", in_portal.move, name="diary-portal-move"),
    path("diary/meetings/<uuid:meeting_id>/cancel/", in_portal.cancel, name="diary-portal-cancel"),
    path("diary/meetings/<uuid:meeting_id>/change/", changing.portal_change, name="diary-portal-change"),
    path("diary/meetings/<uuid:meeting_id>/guests/", changing.portal_guests, name="diary-portal-guests"),
    path(
        "diary/meetings/<uuid:meeting_id>/guests/<uuid:guest_id>/off/",
        changing.portal_guest_off,
        name="diary-portal-guest-off",
    ),
    path("diary/meetings/<uuid:meeting_id>/again/", changing.portal_again, name="diary-portal-again"),
    path("diary/meetings/<uuid:meeting_id>/several/", repeats.portal_several, name="diary-portal-several"),
    path("diary/series/", repeats.portal_repeat, name="diary-portal-repeat"),
    path("diary/series/<uuid:series_id>/", repeats.portal_series, name="diary-portal-series"),
    path("diary/requests/<uuid:request_id>/", requests.portal_page, name="diary-portal-request"),
    path(
        "diary/requests/<uuid:request_id>/withdraw/",
        requests.portal_withdraw,
        name="diary-portal-request-withdraw",
    ),
    path("calendars/", calendars.page, name="calendars"),
    path("calendars/caldav/", calendars.connect, {"kind": "caldav"}, name="calendars-caldav"),
    path("calendars/feed/", calendars.connect, {"kind": "feed"}, name="calendars-feed"),
    path("calendars/of/<uuid:connection_id>/", calendars.choose, name="calendars-choose"),
    path("calendars/of/<uuid:connection_id>/end/", calendars.end, name="calendars-end"),
    path(
        "calendars/of/<uuid:connection_id>/caldav/",
        calendars.connect,
        {"kind": "caldav"},
        name="calendars-caldav-again",
    ),
    path(
        "calendars/of/<uuid:connection_id>/feed/",
        calendars.connect,
        {"kind": "feed"},
        name="calendars-feed-again",
    ),
    path("calendars/online/back/", online.back, name="calendars-online-back"),
    path("calendars/<uuid:diary_id>/google/", online.start, {"kind": "google"}, name="calendars-google"),
    path(
        "calendars/<uuid:diary_id>/microsoft/",
        online.start,
        {"kind": "microsoft"},
        name="calendars-microsoft",
    ),
]
webhooks = [
    path("asked/<uuid:party_id>/status/", told.asked_text, name="diary-asked-text"),
]
site = [
    path("time/<str:token>/", by_link.page, name="diary-guest"),
    path("time/<str:token>/choose/", by_link.choose, name="diary-guest-choose"),
    path("time/<str:token>/propose/", by_link.propose, name="diary-guest-propose"),
    path("time/<str:token>/none/", by_link.none, name="diary-guest-none"),
    path("time/<str:token>/move/", by_link.move, name="diary-guest-move"),
    path("time/<str:token>/cancel/", by_link.cancel, name="diary-guest-cancel"),
    path("calendar/push/google/", told.google, name="calendar-push-google"),
    path("calendar/push/microsoft/", told.microsoft, name="calendar-push-microsoft"),
]
