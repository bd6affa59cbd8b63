from django.urls import path

from . import diary_webhooks as for_diary
from . import webhooks as asked
from .dictation import webhooks as dictated
from .views import arranging, dictating, dictation, record, telephone
from .views import desk as at_desk
from .views import put_through as through

desk = [
    path("state/", telephone.state, name="desk-state"),
    path("phone/token/", telephone.token, name="phone-token"),
    path("calls/bar/", at_desk.bar, name="calls-bar"),
    path("calls/unfinished/", record.unfinished, name="calls-unfinished"),
    path("calls/<uuid:call_id>/", record.record, name="calls-record"),
    path("calls/<uuid:call_id>/guidance/", record.guidance, name="calls-guidance"),
    path("calls/<uuid:call_id>/beside/", record.beside, name="calls-beside"),
    path("calls/<uuid:call_id>/decline/", at_desk.decline, name="calls-decline"),
    path("calls/<uuid:call_id>/answer/", at_desk.answer, name="calls-answer"),
    path("calls/<uuid:call_id>/rejoin/", at_desk.rejoin, name="calls-rejoin"),
    path("calls/<uuid:call_id>/hold/", at_desk.hold, name="calls-hold"),
    path("calls/<uuid:call_id>/resume/", at_desk.resume, name="calls-resume"),
    path("calls/<uuid:call_id>/digits/", at_desk.press_keys, name="calls-digits"),
    path("calls/<uuid:call_id>/hang-up/", at_desk.hang_up, name="calls-hang-up"),
    path("calls/<uuid:call_id>/dictate/", dictating.on_call, name="calls-dictate"),
    path("dictation/booked/", dictating.booked, name="dictation-bookings"),
    path("dictation/booked/new/", dictating.book, name="dictation-book"),
    path("dictation/booked/<uuid:booked_id>/", dictating.at_its_time, name="dictation-booked"),
    path("dictation/booked/<uuid:booked_id>/again/", dictating.ring_again, name="dictation-ring-again"),
    path("dictation/booked/<uuid:booked_id>/take/", dictating.take_over, name="dictation-take"),
    path("calls/diary/<uuid:leg_id>/leave/", at_desk.leave, name="dictation-leave"),
    path("dictation/<uuid:dictation_id>/stop/", dictating.stop, name="dictation-stop"),
    path("calls/<uuid:call_id>/arrange/", arranging.arrange, name="calls-arrange"),
    path("calls/<uuid:call_id>/through/", through.choose, name="calls-through"),
    path("calls/<uuid:call_id>/through/ask/", through.ask, name="calls-ask"),
    path("calls/<uuid:call_id>/through/straight/", through.straight, name="calls-straight"),
    path("calls/<uuid:call_id>/through/connect/", through.connect, name="calls-connect"),
    path("calls/<uuid:call_id>/through/three/", through.three, name="calls-three"),
    path("calls/<uuid:call_id>/through/back/", through.take_back, name="calls-take-back"),
    path("calls/<uuid:call_id>/finish/", through.finish, name="calls-finish"),
    path("calls/<uuid:call_id>/more-time/", at_desk.more_time, name="calls-more-time"),
    path("calls/<uuid:call_id>/park/", at_desk.park, name="calls-park"),
    path("calls/<uuid:call_id>/take-up/", at_desk.take_up, name="calls-take-up"),
    path("calls/<uuid:call_id>/reopen/", record.reopen, name="calls-reopen"),
]

portal = [
    path("calls/", record.portal_list, name="portal-calls"),
    path("calls/<uuid:call_id>/", record.portal_record, name="portal-call"),
    path("dictation/line/", dictation.line, name="dictation-line"),
    path("dictation/new/", dictation.hand_in, name="dictation-new"),
    path("dictation/book/", dictation.book, name="dictation-portal-book"),
    path("dictation/line/end/", dictation.end, name="dictation-line-end"),
]

site = [path("heard/<str:token>/", dictated.heard, name="dictation-heard")]

webhooks = [
    path("voice/", asked.incoming_call, name="calls-incoming"),
    path("voice/fallback/", asked.fallback, name="calls-fallback"),
    path("voice/fallback/recorded/", asked.fallback_recorded, name="calls-fallback-recorded"),
    path("voice/wait/<uuid:call_id>/", asked.wait, name="calls-wait"),
    path("voice/waiting-key/<uuid:call_id>/", asked.waiting_key, name="calls-waiting-key"),
    path("voice/queue-action/<uuid:call_id>/", asked.queue_action, name="calls-queue-action"),
    path("voice/offer/<uuid:offer_id>/", asked.offer, name="calls-offer"),
    path("voice/caller-join/<uuid:call_id>/", asked.send_on, name="calls-caller-join"),
    path("voice/voicemail/<uuid:call_id>/", asked.send_on, name="calls-voicemail"),
    path(
        "voice/secretary-join/<uuid:leg_id>/<uuid:call_id>/",
        asked.secretary_join,
        name="calls-secretary-join",
    ),
    path("voice/returned/<uuid:call_id>/", asked.returned, name="calls-returned"),
    path("voice/left-room/<uuid:leg_id>/", asked.left_room, name="calls-left-room"),
    path("voice/contact/<uuid:leg_id>/", asked.contact, name="calls-contact"),
    path("voice/contact-key/<uuid:leg_id>/", asked.contact_key, name="calls-contact-key"),
    path("voice/remind/<uuid:leg_id>/", for_diary.remind, name="calls-remind"),
    path("voice/remind-key/<uuid:leg_id>/", for_diary.remind_key, name="calls-remind-key"),
    path("voice/meeting/<uuid:leg_id>/", for_diary.meeting, name="calls-meeting"),
    path("voice/meeting-key/<uuid:leg_id>/", for_diary.meeting_key, name="calls-meeting-key"),
    path("voice/meeting-word/<uuid:leg_id>/<slug:word>/", for_diary.meeting_word, name="calls-meeting-word"),
    path("voice/meeting-left/<uuid:leg_id>/", for_diary.meeting_left, name="calls-meeting-left"),
    path("voice/recorded/<uuid:call_id>/", asked.recorded, name="calls-recorded"),
    path("voice/dictation/<uuid:call_id>/who/", dictated.who, name="dictation-who"),
    path("voice/dictation/<uuid:call_id>/pin/", dictated.pin, name="dictation-pin"),
    path("voice/dictation/<uuid:call_id>/<uuid:dictation_id>/", dictated.spoken, name="dictation-spoken"),
    path("voice/dictation/<uuid:call_id>/<uuid:dictation_id>/key/", dictated.key, name="dictation-key"),
    path(
        "voice/dictation/<uuid:call_id>/<uuid:dictation_id>/silent/", dictated.silent, name="dictation-silent"
    ),
    path("voice/dictation/<uuid:call_id>/<uuid:dictation_id>/left/", dictated.left, name="dictation-left"),
    path(
        "voice/dictation/<uuid:call_id>/<uuid:dictation_id>/replay/", dictated.replay, name="dictation-replay"
    ),
    path("voice/hold-music/", asked.hold_music, name="calls-hold-music"),
    path("voice/hold-ringing/<slug:country>/", asked.hold_ringing, name="calls-hold-ringing"),
    path("voice/keys/<slug:named>/", asked.keys, name="calls-keys"),
    path("call-status/", asked.call_status, name="calls-status"),
    path("conference/", asked.conference, name="calls-conference"),
    path("recording/", asked.recording, name="calls-recording"),
]
