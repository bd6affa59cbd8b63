"""Text messages: out, in, and what became of them."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urljoin

from . import documents, twiml_rules
from .account import API_HOST, API_VERSION
from .delivery import QUESTION
from .interruptions import DocumentFailed
from .legs import country

STOP_WORDS = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "END", "QUIT", "CANCEL", "REVOKE", "OPTOUT"})
START_WORDS = frozenset({"START", "YES", "UNSTOP"})
HELP_WORDS = frozenset({"HELP", "INFO"})
LONGEST = 1600
FINAL = ("delivered", "undelivered", "failed", "canceled", "received")
TIMETABLE = ((0.0, "sending"), (0.5, "sent"), (1.5, "delivered"))  # seconds after acceptance


class Stopped(Exception):
    """The addressee wants no more texts from this number."""


@dataclass(frozen=True)
class Media:
    sid: str
    content_type: str
    content: bytes


@dataclass(eq=False)
class Message:
    sid: str
    from_: str
    to: str
    body: str
    direction: str  # inbound, outbound-api or outbound-reply
    status: str
    created_at: datetime
    status_callback: str = ""
    sent_at: datetime | None = None
    error_code: int | None = None
    media: list[Media] = field(default_factory=list)
    updated_at: datetime | None = None

    @property
    def segments(self) -> int:
        return max(1, -(-len(self.body) // 153)) if len(self.body) > 160 else 1


class Messages:
    def __init__(self, carrier):
        self._carrier = carrier
        self.by_sid: dict[str, Message] = {}
        self.outcomes: dict[str, tuple[str, int | None]] = {}  # number -> (last status, error code)

    def will_end(self, number: str, status: str, error_code: int | None = None) -> None:
        """Texts to this number end as undelivered or failed, with that code, from now on."""
        self.outcomes[number] = (status, error_code)

    def send(self, from_, to, body, *, status_callback="", direction="outbound-api") -> Message:
        """Accept a text. Raises Stopped for somebody who has asked for no more."""
        carrier = self._carrier
        if (from_, to) in carrier.account.stopped:
            raise Stopped
        message = Message(
            carrier.sids.new("SM"), from_, to, body, direction, "queued", carrier.now, status_callback
        )
        self.by_sid[message.sid] = message
        if carrier.choices.first_text_callback:
            self._announce(message)
        last, code = self.outcomes.get(to, ("delivered", None))
        for after, status in TIMETABLE:
            if status == "delivered":
                carrier.timeline.after(after, lambda: self._become(message, last, code))
            elif last != "failed":
                carrier.timeline.after(after, lambda status=status: self._become(message, status))
        carrier.tell({"event": "text", "sid": message.sid, "to": to, "from": from_, "body": body})
        return message

    def _become(self, message: Message, status: str, code: int | None = None) -> None:
        if message.status in FINAL:
            return
        message.status, message.error_code = status, code
        message.updated_at = self._carrier.now
        if status == "sent":
            message.sent_at = self._carrier.now
        self._announce(message)
        self._carrier.tell({"event": "text-status", "sid": message.sid, "status": status})

    def _announce(self, message: Message) -> None:
        if not message.status_callback:
            return
        fields = {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "AccountSid": self._carrier.account.sid,
            "From": message.from_,
            "To": message.to,
            "MessageStatus": message.status,
            "SmsStatus": message.status,
            "ApiVersion": API_VERSION,
        }
        if message.error_code:
            fields["ErrorCode"] = str(message.error_code)
        if message.status in ("delivered", "undelivered"):
            fields["RawDlrDoneDate"] = self._carrier.now.strftime("%y%m%d%H%M")
        self._carrier.post_room.send(message.status_callback, "POST", fields.items())

    # -- inbound

    def arrive(self, to: str, from_: str, body: str, media: list[tuple[str, bytes]]) -> Message:
        """A text comes to one of our numbers. Raises KeyError for a number not ours."""
        carrier = self._carrier
        number = carrier.account.numbers[to]
        sid = carrier.sids.new("MM" if media else "SM")
        message = Message(sid, from_, to, body, "inbound", "received", carrier.now, sent_at=carrier.now)
        message.media = [Media(carrier.sids.new("ME"), kind, content) for kind, content in media]
        self.by_sid[sid] = message
        opt_out = self._heed(to, from_, body) if carrier.choices.opt_out_handled else ""
        if number.sms_url and not number.sms_application:
            self._ask(number, message, self._fields(message, opt_out))
        return message

    def _heed(self, ours: str, theirs: str, body: str) -> str:
        word = body.strip().upper()
        stopped = self._carrier.account.stopped
        if word in STOP_WORDS:
            stopped.add((ours, theirs))
            return "STOP"
        if word in START_WORDS:
            stopped.discard((ours, theirs))
            return "START"
        return "HELP" if word in HELP_WORDS else ""

    def _fields(self, message: Message, opt_out: str) -> dict[str, str]:
        fields = {
            "MessageSid": message.sid,
            "SmsSid": message.sid,
            "SmsMessageSid": message.sid,
            "AccountSid": self._carrier.account.sid,
            "From": message.from_,
            "To": message.to,
            "Body": message.body,
            "NumMedia": str(len(message.media)),
            "NumSegments": str(message.segments),
            "SmsStatus": "received",
            "ApiVersion": API_VERSION,
            "FromCountry": country(message.from_),
            "ToCountry": country(message.to),
        }
        for index, media in enumerate(message.media):
            fields[f"MediaUrl{index}"] = self.media_url(message, media)
            fields[f"MediaContentType{index}"] = media.content_type
        if opt_out and self._carrier.choices.opt_out_type:
            fields["OptOutType"] = opt_out
        return fields

    def media_url(self, message: Message, media: Media) -> str:
        return API_HOST + self._carrier.account.path(f"/Messages/{message.sid}/Media/{media.sid}")

    def _ask(self, number, message: Message, fields: dict[str, str]) -> None:
        def done(reply, url=number.sms_url):
            if reply.ok and not reply.body.strip():
                return
            try:
                document = documents.parse(reply, url)
            except DocumentFailed as failure:
                self._fall_back(number, message, fields, failure)
                return
            self._obey(document, message)

        self._carrier.post_room.send(
            number.sms_url, number.sms_method, fields.items(), purpose=QUESTION, on_done=done
        )

    def _fall_back(self, number, message, fields, failure: DocumentFailed) -> None:
        carrier = self._carrier
        carrier.alarm(failure.code, failure.url)
        if not number.sms_fallback_url:
            return
        fields = fields | {"ErrorCode": str(failure.code), "ErrorUrl": failure.url}

        def done(reply):
            try:
                self._obey(documents.parse(reply, number.sms_fallback_url), message)
            except DocumentFailed as again:
                carrier.alarm(again.code, again.url)

        carrier.post_room.send(
            number.sms_fallback_url, "POST", fields.items(), purpose=QUESTION, on_done=done
        )

    def _obey(self, document, message: Message) -> None:
        """Send the `<Message>`s of a reply to whoever wrote."""
        carrier = self._carrier
        for code, complaint in twiml_rules.faults(document.root, language="messaging"):
            carrier.flag(code, complaint)
        for element in document.root.findall("Message"):
            body = element.find("Body")
            words = documents.words(body if body is not None else element)
            callback = element.get("statusCallback", "")
            try:
                self.send(
                    element.get("from", message.to),
                    element.get("to", message.from_),
                    words,
                    status_callback=urljoin(document.url, callback) if callback else "",
                    direction="outbound-reply",
                )
            except Stopped:
                carrier.alarm(21610, message.from_)
