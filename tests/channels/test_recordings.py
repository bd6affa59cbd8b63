import pytest
import requests

from secretariat.channels import Refused, Silent, recordings, twilio

SID = "RE" + "a" * 32


def test_a_recording_is_fetched_from_our_account_by_its_id(transport):
    transport.will_answer(200, {"audio": "…"})
    assert recordings.download(SID) == b'{"audio": "\\u2026"}'
    assert transport.asked[0]["uri"] == (
        f"https://api.twilio.com/2010-04-01/Accounts/AC{'1' * 32}/Recordings/{SID}.mp3"
    )
    assert transport.asked[0]["auth"] == ("SK" + "2" * 32, "secret")


def test_one_that_is_not_ready_is_tried_again(transport):
    transport.will_answer(404)
    with pytest.raises(Refused) as refusal:
        recordings.download(SID)
    assert not refusal.value.permanent


def test_a_connection_lost_on_the_way_is_a_silence(transport):
    transport.will_fail(requests.ReadTimeout())
    with pytest.raises(Silent):
        recordings.download(SID)


@pytest.mark.parametrize("sid", ["", "RE1", "../../Accounts", SID + "/../x", "CA" + "a" * 32])
def test_an_id_that_is_none_is_never_asked_for(transport, sid):
    for does in (recordings.download, recordings.remove):
        with pytest.raises(Refused, match="no such recording"):
            does(sid)
    assert transport.asked == []


def test_removing_one_that_is_gone_is_no_error(transport):
    transport.will_answer(204)
    transport.will_answer(404, {"code": 20404})
    recordings.remove(SID)
    recordings.remove(SID)
    assert [asked["method"] for asked in transport.asked] == ["DELETE", "DELETE"]


def test_too_large_a_recording_is_refused(settings, large_server):
    settings.TWILIO_API_BASE_URL = large_server
    assert len(twilio.fetch("/x", most_bytes=1000)) == 1000
    with pytest.raises(Refused, match="too large"):
        twilio.fetch("/x", most_bytes=999)
