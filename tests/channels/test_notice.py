from urllib.parse import urlencode

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from twilio.request_validator import RequestValidator

from secretariat.channels import notice

pytestmark = pytest.mark.django_db  # only to tell the time

ACCOUNT = "AC" + "1" * 32
FORM = "application/x-www-form-urlencoded"
CALL = [("CallSid", "CA1"), ("AccountSid", ACCOUNT), ("From", "+442079460000")]


@pytest.fixture(autouse=True)
def account(settings):
    settings.TWILIO_ACCOUNT_SID = ACCOUNT
    settings.TWILIO_AUTH_TOKEN = "12345"
    settings.TWILIO_AUTH_TOKEN_PREVIOUS = ""
    settings.PUBLIC_BASE_URL = "https://desk.example.com"


def posted(path="/twilio/voice/", fields=CALL, *, token="12345", signed_url=None, headers=None):
    """A request as the carrier makes it, arriving behind a proxy that speaks plain HTTP to us."""
    body = urlencode(fields)
    params = {}
    for name, value in fields:
        params.setdefault(name, []).append(value)
    signed = RequestValidator(token).compute_signature(
        signed_url or f"https://desk.example.com{path}", Fields(params)
    )
    return RequestFactory().post(
        path, body, content_type=FORM, headers={"X-Twilio-Signature": signed} | (headers or {})
    )


class Fields(dict):
    """What twilio-python asks for when a field occurs more than once."""

    def getall(self, name):
        return self[name]


def test_the_example_of_twilio_s_own_documentation(settings):
    settings.PUBLIC_BASE_URL = "https://mycompany.com"
    settings.TWILIO_ACCOUNT_SID = ""
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    request = RequestFactory().post(
        "/myapp.php?foo=1&bar=2",
        urlencode(fields),
        content_type=FORM,
        headers={"X-Twilio-Signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="},
    )
    # The signature holds, and then the missing account is noticed.
    with pytest.raises(PermissionDenied, match="another account"):
        notice.verified(request)


def test_a_signed_request_is_a_notice():
    its = notice.verified(posted(headers={"I-Twilio-Idempotency-Token": "t-1"}))
    assert its.params["From"] == "+442079460000"
    assert (its.token, its.url, its.provider) == ("t-1", "https://desk.example.com/twilio/voice/", "twilio")
    assert its.body.startswith(b"CallSid=CA1")
    assert its.headers["I-Twilio-Idempotency-Token"] == "t-1"
    assert "X-Twilio-Signature" not in its.headers


def test_the_query_is_signed_as_it_was_sent():
    """`build_absolute_uri` would turn %3A into a colon, and the signature would no longer hold."""
    path = "/twilio/voice/?step=a%3Ab&next=caf%c3%a9&x=%40"
    its = notice.verified(posted(path))
    assert its.query["step"] == "a:b"
    assert "step" not in its.params


def test_fields_that_occur_more_than_once_are_all_signed():
    its = notice.verified(posted(fields=[*CALL, ("Tag", "b"), ("Tag", "a")]))
    assert its.params.getlist("Tag") == ["b", "a"]


def test_empty_fields_are_signed_too():
    assert notice.verified(posted(fields=[*CALL, ("Digits", "")])).params["Digits"] == ""


def test_of_a_get_only_the_address_is_signed():
    path = "/twilio/hold/?" + urlencode(CALL)
    signed = RequestValidator("12345").compute_signature(f"https://desk.example.com{path}", {})
    its = notice.verified(RequestFactory().get(path, headers={"X-Twilio-Signature": signed}))
    assert its.params["CallSid"] == "CA1"
    assert its.body == urlencode(CALL).encode()


def test_both_tokens_are_good_while_one_replaces_the_other(settings):
    settings.TWILIO_AUTH_TOKEN, settings.TWILIO_AUTH_TOKEN_PREVIOUS = "new", "12345"
    assert notice.verified(posted(token="12345"))
    assert notice.verified(posted(token="new"))


@pytest.mark.parametrize(
    "request_of",
    [
        lambda: RequestFactory().post("/twilio/voice/", urlencode(CALL), content_type=FORM),
        lambda: posted(token="wrong"),
        lambda: posted(token=""),
        lambda: posted(signed_url="https://desk.example.com/twilio/sms/"),
        lambda: posted(signed_url="http://testserver/twilio/voice/"),
        lambda: posted(fields=[("CallSid", "CA1")]),
        lambda: posted(fields=[("CallSid", "CA1"), ("AccountSid", "AC" + "2" * 32)]),
        lambda: posted(fields=[*CALL, ("AccountSid", "AC" + "2" * 32)]),
        lambda: posted(headers={"X-Twilio-Signature": ""}),
        lambda: posted(headers={"X-Twilio-Signature": "é"}),
    ],
    ids=[
        "no header",
        "another token",
        "no token",
        "another path",
        "another host",
        "no account",
        "another account",
        "two accounts",
        "empty signature",
        "not even ASCII",
    ],
)
def test_anything_else_is_refused(request_of):
    with pytest.raises(PermissionDenied):
        notice.verified(request_of())


def test_an_empty_previous_token_opens_nothing(settings):
    settings.TWILIO_AUTH_TOKEN_PREVIOUS = ""
    with pytest.raises(PermissionDenied):
        notice.verified(posted(token=""))


def test_the_same_event_has_the_same_key_and_another_has_another():
    fields = [*CALL, ("CallStatus", "completed"), ("SequenceNumber", "3")]
    its = notice.verified(posted(fields=fields))
    assert its.key("CallSid", "CallStatus", "SequenceNumber", "Timestamp") == "CA1|completed|3|"


class TestActionKeys:
    def key(self, fields=CALL, path="/twilio/voice/", **headers):
        return notice.verified(posted(path, fields, headers=headers)).action_key("menu")

    def test_a_repetition_carries_the_same_token(self):
        first = self.key(**{"I-Twilio-Idempotency-Token": "t-1"})
        assert first == self.key([*CALL, ("New", "field")], **{"I-Twilio-Idempotency-Token": "t-1"})
        assert first != self.key(**{"I-Twilio-Idempotency-Token": "t-2"})

    def test_without_a_token_the_content_tells(self):
        assert self.key() == self.key()
        assert self.key() != self.key([*CALL, ("Digits", "1")])
        assert self.key() != self.key(path="/twilio/voice/?round=2")


SHARED = {"webhooks_sharedkey_2": "a-shared-secret", "webhooks_sharedkey_1": "the-one-before"}


def signed_with_a_shared_key(secret="a-shared-secret", algorithm="HMAC_SHA256", **said):
    how = {"key": "webhooks_sharedkey_2", "algorithm": algorithm} | said
    request = posted(
        headers={"X-Twilio-Webhooks-Signature-Settings": ",".join(f"{n}={v}" for n, v in how.items())}
    )
    url = "https://desk.example.com/twilio/voice/"
    signed = RequestValidator(secret).compute_signature(url, dict(CALL), algorithm)
    request.META["HTTP_X_TWILIO_SIGNATURE"] = signed
    return request


def test_a_shared_key_signs_with_sha_256(settings):
    settings.TWILIO_SHARED_KEYS = SHARED
    assert notice.verified(signed_with_a_shared_key()).params["CallSid"] == "CA1"
    before = signed_with_a_shared_key("the-one-before", key="webhooks_sharedkey_1")
    assert notice.verified(before).params["CallSid"] == "CA1"


def test_once_a_shared_key_is_set_nothing_weaker_is_accepted(settings):
    settings.TWILIO_SHARED_KEYS = SHARED
    for refused in (
        posted(),
        signed_with_a_shared_key(algorithm="HMAC_SHA1"),
        signed_with_a_shared_key("12345"),
        signed_with_a_shared_key(key="webhooks_sharedkey_9"),
        signed_with_a_shared_key("the-one-before"),
    ):
        with pytest.raises(PermissionDenied):
            notice.verified(refused)


def test_a_shared_key_that_is_not_set_here_signs_nothing():
    with pytest.raises(PermissionDenied):
        notice.verified(signed_with_a_shared_key())
