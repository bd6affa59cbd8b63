"""Webhooks signed with a shared key, from the carrier to the first answer."""

from urllib.parse import urlsplit

import pytest

from calls.models import Call

pytestmark = pytest.mark.django_db


def test_a_caller_is_answered_when_the_carrier_signs_with_the_shared_key(office, settings):
    okafor = office.client("Okafor Legal")
    settings.TWILIO_SHARED_KEYS = {"webhooks_sharedkey_1": "a-shared-secret"}
    office.carrier.account.shared_key = ("webhooks_sharedkey_1", "a-shared-secret")
    office.hangs_up(office.rings(okafor))
    assert Call.objects.count() == 1


def test_and_is_refused_when_it_still_signs_with_the_token(office, settings):
    okafor = office.client("Okafor Legal")
    settings.TWILIO_SHARED_KEYS = {"webhooks_sharedkey_1": "a-shared-secret"}
    office.rings(okafor)
    assert Call.objects.count() == 0
    refused = [(path, status) for path, status in _answers(office) if path == "/twilio/voice/"]
    assert refused == [("/twilio/voice/", 403)]
    office.carrier.flags.clear()  # the carrier complains of the refusal, as it should


def _answers(office):
    return [(urlsplit(posting.url).path, status) for posting, status, _body in office.transport.answers]
