from datetime import UTC, datetime

import pytest

from secretariat.channels import Refused, text

TO = "+447700900123"
POSTED = datetime(2026, 3, 2, 18, 5, 0, 250_000, tzinfo=UTC)


def sent(sid="SM1", body="Mr Harlow rang.", date="Mon, 02 Mar 2026 18:05:00 +0000", direction="outbound-api"):
    return {"sid": sid, "body": body, "date_created": date, "direction": direction, "to": TO}


def list_of(*texts):
    return {"messages": list(texts), "page": 0, "page_size": 50}


def find(**facts):
    return text.find(**({"to": TO, "body": "Mr Harlow rang.", "since": POSTED} | facts))


def test_a_text_leaves_with_a_callback_that_names_its_key(transport):
    transport.will_answer(201, {"sid": "SM1"})
    receipt = text.send(
        to=TO, body="Mr Harlow rang.", key="delivery:7 a", status_callback="https://d.example/s/"
    )
    assert receipt == "SM1"
    assert transport.asked[0]["data"] == {
        "To": TO,
        "From": "+442079460999",
        "Body": "Mr Harlow rang.",
        "StatusCallback": "https://d.example/s/?key=delivery%3A7+a",
    }


def test_another_sender_and_a_callback_that_has_a_query_already(transport):
    transport.will_answer(201, {"sid": "SM1"})
    text.send(to=TO, body="x", key="k", status_callback="https://d.example/s/?a=1", sender="+442079460111")
    assert transport.asked[0]["data"]["From"] == "+442079460111"
    assert transport.asked[0]["data"]["StatusCallback"] == "https://d.example/s/?a=1&key=k"


def test_what_the_carrier_is_told_of_tries_stays_behind_the_key(transport):
    transport.will_answer(201, {"sid": "SM1"})
    text.send(to=TO, body="x", key="k", status_callback="https://d.example/s/#rc=3&rp=ct,rt,5xx")
    assert transport.asked[0]["data"]["StatusCallback"] == "https://d.example/s/?key=k#rc=3&rp=ct,rt,5xx"


def test_whoever_opted_out_is_not_tried_again(transport):
    transport.will_answer(400, {"code": 21610})
    with pytest.raises(Refused) as refusal:
        text.send(to=TO, body="x", key="k", status_callback="https://d.example/s/")
    assert (refusal.value.code, refusal.value.permanent) == ("21610", True)


def test_what_an_earlier_attempt_sent_is_found(transport):
    transport.will_answer(200, list_of(sent("SM2", body="Another."), sent("SM1")))
    assert find() == "SM1"
    assert transport.asked[0]["params"]["To"] == TO
    assert transport.asked[0]["params"]["From"] == "+442079460999"


@pytest.mark.parametrize(
    "other",
    [
        sent(body="Mrs Harlow rang."),
        sent(date="Mon, 02 Mar 2026 18:04:59 +0000"),
        sent(direction="inbound"),
        sent(sid="SM9"),
    ],
    ids=["other words", "before it was posted", "from her to us", "another effect's"],
)
def test_what_only_looks_like_it_is_not(transport, other):
    transport.will_answer(200, list_of(other))
    assert find(taken={"SM9"}) is None
