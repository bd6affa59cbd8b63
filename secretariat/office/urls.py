from django.urls import path

from . import webhooks as asked
from .views import joining, number, people, presence, session, settings, shift, shifts

site = [
    path("join/<str:token>/", joining.join, name="join"),
    path("join/<str:token>/again/", joining.ask_again, name="join-again"),
    path("session/", session.left, name="session"),
    path("session/keep/", session.keep, name="session-keep"),
]

firm = [
    path("shifts/", shifts.listed, name="firm-shifts"),
    path("shifts/<uuid:secretary_id>/", shifts.one, name="firm-shift"),
    path("shifts/<uuid:secretary_id>/end/", shifts.end, name="firm-shift-end"),
    path("people/", people.listed, name="firm-people"),
    path("people/<uuid:user_id>/suspend/", people.suspend, name="suspend"),
    path("people/<uuid:user_id>/lift/", people.lift, name="lift-suspension"),
]

desk = [
    path("shift/", shift.page, name="shift"),
    path("shift/start/", shift.start, name="shift-start"),
    path("shift/end/", shift.end, name="shift-end"),
    path("shift/number/", number.page, name="number"),
    path("shift/number/ask/", number.ask, name="number-ask"),
    path("shift/number/code/", number.confirm, name="number-code"),
    path("settings/", settings.page, name="desk-settings"),
    path("settings/keys/reset/", settings.reset_keys, name="desk-settings-reset"),
    path("presence/", presence.region, name="presence"),
    path("presence/ready/", presence.ready, name="presence-ready"),
    path("presence/break/", presence.take_break, name="presence-break"),
    path("presence/away/", presence.away, name="presence-away"),
    path("presence/heartbeat/", presence.heartbeat, name="presence-heartbeat"),
]

webhooks = [
    path("home-number/<uuid:check_id>/", asked.tell_code, name="office-code"),
    path("home-number/<uuid:check_id>/status/", asked.code_status, name="office-code-status"),
]
