from django.urls import path

from . import webhooks as asked
from .views import (
    attendance,
    joining,
    my_shifts,
    number,
    people,
    presence,
    rota,
    session,
    settings,
    shift,
    shifts,
)

site = [
    path("join/<str:token>/", joining.join, name="join"),
    path("join/<str:token>/again/", joining.ask_again, name="join-again"),
    path("session/", session.left, name="session"),
    path("session/keep/", session.keep, name="session-keep"),
    path("calendar/shifts/<str:token>/shifts.ics", my_shifts.feed, name="shift-feed"),
]

firm = [
    path("shifts/", shifts.listed, name="firm-shifts"),
    path("shifts/<uuid:secretary_id>/", shifts.one, name="firm-shift"),
    path("shifts/<uuid:secretary_id>/end/", shifts.end, name="firm-shift-end"),
    path("rota/", rota.week, name="rota"),
    path("rota/add/", rota.add, name="rota-add"),
    path("rota/copy/", rota.copy, name="rota-copy"),
    path("rota/fill/", rota.fill, name="rota-fill"),
    path("rota/keep/", rota.keep, name="rota-keep"),
    path("rota/publish/", rota.publish, name="rota-publish"),
    path("rota/file/", rota.file, name="rota-file"),
    path("rota/asked/", attendance.asked, name="rota-asked"),
    path("rota/asked/days/<uuid:absence_id>/", attendance.answer_absence, name="rota-answer-absence"),
    path("rota/asked/swap/<uuid:swap_id>/", attendance.answer_swap, name="rota-answer-swap"),
    path("rota/attendance/", attendance.day, name="attendance"),
    path("rota/<uuid:shift_id>/why/", attendance.explain, name="attendance-explain"),
    path("rota/<uuid:shift_id>/", rota.shift, name="rota-shift"),
    path("rota/<uuid:shift_id>/remove/", rota.remove, name="rota-remove"),
    path("rota/undo/<uuid:change_id>/", rota.undo, name="rota-undo"),
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
    path("shifts/", my_shifts.page, name="my-shifts"),
    path("shifts/file/", my_shifts.file, name="my-shifts-file"),
    path("shifts/<uuid:shift_id>/take/", my_shifts.take, name="my-shift-take"),
    path("shifts/<uuid:shift_id>/why/", my_shifts.explain, name="my-shift-explain"),
    path("shifts/<uuid:shift_id>/swap/", my_shifts.swap, name="my-swap"),
    path("shifts/swaps/<uuid:swap_id>/answer/", my_shifts.answer_swap, name="my-swap-answer"),
    path("shifts/swaps/<uuid:swap_id>/withdraw/", my_shifts.withdraw_swap, name="my-swap-withdraw"),
    path("shifts/wish/", my_shifts.wish, name="my-wish"),
    path("shifts/wish/<uuid:wish_id>/end/", my_shifts.end_wish, name="my-wish-end"),
    path("shifts/days-off/", my_shifts.absence, name="my-absence"),
    path("shifts/days-off/<uuid:absence_id>/withdraw/", my_shifts.withdraw_absence, name="my-absence-end"),
    path("shifts/calendar/make/", my_shifts.make_feed, name="my-feed-make"),
    path("shifts/calendar/end/", my_shifts.end_feed, name="my-feed-end"),
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
