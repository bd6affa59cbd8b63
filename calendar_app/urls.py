from django.urls import path

from . import webhooks as told
from .views import (
    arranging,
    calendars,
    changing,
    diaries,
    feed,
    feeds,
    history,
    meetings,
    online,
    paper,
    repeats,
    taking_out,
)
from .views import desk as at_desk
from .views import portal as in_portal

desk = [
    path("diary/", at_desk.index, name="diary"),
    path("diary/book/", arranging.book, name="diary-book"),
    path("diary/block/", arranging.block, name="diary-block"),
    path("diary/meetings/", history.desk, name="diary-meetings"),
    path("diary/file/", taking_out.desk_period, name="diary-file"),
    path("diary/paper/", paper.desk, name="diary-paper"),
    path("diary/meetings/<uuid:meeting_id>/file/", taking_out.desk_meeting, name="diary-meeting-file"),
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
]

portal = [
    path("diary/", in_portal.index, name="diary-portal"),
    path("diary/block/", in_portal.block, name="diary-portal-block"),
    path("diary/whose/", diaries.page, name="diaries"),
    path("diary/whose/add/", diaries.add, name="diaries-add"),
    path("diary/whose/<uuid:diary_id>/off/", diaries.off, name="diaries-off"),
    path("diary/whose/<uuid:diary_id>/on/", diaries.on, name="diaries-on"),
    path("diary/rules/", in_portal.rules, name="diary-rules"),
    path("diary/rules/undo/", in_portal.undo_rules, name="diary-rules-undo"),
    path("diary/meetings/", history.portal, name="diary-portal-meetings"),
    path("diary/file/", taking_out.portal_period, name="diary-portal-file"),
    path("diary/paper/", paper.portal, name="diary-portal-paper"),
    path(
        "diary/meetings/<uuid:meeting_id>/file/", taking_out.portal_meeting, name="diary-portal-meeting-file"
    ),
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
    path("calendars/feeds/", feeds.page, name="feeds"),
    path("calendars/feeds/make/", feeds.make, name="feeds-make"),
    path("calendars/feeds/<uuid:feed_id>/end/", feeds.end, name="feeds-end"),
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
site = [
    path("calendar/feed/<str:token>/diary.ics", feed.diary, name="diary-feed"),
    path("calendar/push/google/", told.google, name="calendar-push-google"),
    path("calendar/push/microsoft/", told.microsoft, name="calendar-push-microsoft"),
]
