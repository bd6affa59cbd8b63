from django.urls import path

from . import webhooks as asked

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
    path("voice/returned/<uuid:call_id>/", asked.returned, name="calls-returned"),
    path("voice/left-room/<uuid:leg_id>/", asked.left_room, name="calls-left-room"),
    path("voice/recorded/<uuid:call_id>/", asked.recorded, name="calls-recorded"),
    path("voice/hold-music/", asked.hold_music, name="calls-hold-music"),
    path("voice/keys/<slug:named>/", asked.keys, name="calls-keys"),
    path("call-status/", asked.call_status, name="calls-status"),
    path("conference/", asked.conference, name="calls-conference"),
    path("recording/", asked.recording, name="calls-recording"),
]
