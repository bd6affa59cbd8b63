"""What went over the wire between the office and the world, in words a person can follow."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

from django.utils.translation import gettext as _

from .configuration import Configuration
from .mail import Mail

KEPT = 200


@dataclass(frozen=True)
class Passage:
    """One line: when, between whom, what it meant, and how it looked."""

    at: datetime
    who: str
    what: str
    how: str
    went_well: bool = True


class Wire:
    def __init__(self, configuration: Configuration):
        self._given = configuration
        self.passages: deque[Passage] = deque(maxlen=KEPT)

    def posted(self, at: datetime, posting, status: int | None, seconds: float) -> None:
        """The carrier posted to the office; `status` is None when no answer came."""
        fields = dict(parse_qsl(posting.body.decode())) or dict(parse_qsl(urlsplit(posting.url).query))
        question = posting.purpose != "notice"
        answer = f"{status} in {seconds * 1000:.0f} ms" if status else _("no answer")
        self.passages.appendleft(
            Passage(
                at,
                _("carrier asks office") if question else _("carrier tells office"),
                self._question(fields) if question else self._notice(fields),
                f"{posting.method} {urlsplit(posting.url).path}, {answer}, {_('signed')}",
                status is not None and status < 400,
            )
        )

    def asked(self, at: datetime, method: str, path: str, fields: dict, status: int) -> None:
        """The office called the carrier's REST interface. Reading changes nothing and is left out."""
        if method == "GET":
            return
        steps = path.removesuffix(".json").split("/")[4:]
        self.passages.appendleft(
            Passage(
                at,
                _("office to carrier"),
                self._wish(steps, fields),
                f"{method} /{'/'.join(steps)}, {status}",
                status < 400,
            )
        )

    def noted(self, at: datetime, who: str, what: str, how: str, *, went_well: bool = True) -> None:
        """Something between the office and one of the world's other services."""
        self.passages.appendleft(Passage(at, who, what, how, went_well))

    def mailed(self, mail: Mail) -> None:
        self.passages.appendleft(
            Passage(
                mail.received_at,
                _("office to mailbox"),
                _("Mail for %(address)s: %(subject)s")
                % {"address": ", ".join(mail.recipients), "subject": mail.subject},
                "SMTP, 250",
            )
        )

    def written(self, at: datetime, sender: str, subject: str, status: int) -> None:
        """Somebody outside wrote a mail, and the provider posted it to the office."""
        self.passages.appendleft(
            Passage(
                at,
                _("mailbox to office"),
                _("Mail from %(sender)s: %(subject)s") % {"sender": sender, "subject": subject},
                f"POST {urlsplit(self._given.inbound_mail_url).path}, {status}",
                status < 400,
            )
        )

    def _name(self, number: str) -> str:
        return self._given.name_of(number.partition("?")[0])

    def _between(self, fields: dict) -> dict:
        return {
            "caller": self._name(fields.get("From", "")),
            "client": self._name(fields.get("To", "")),
            "digits": fields.get("Digits", ""),
        }

    def _question(self, fields: dict) -> str:
        names = self._between(fields)
        if "MessageSid" in fields:
            return _("%(caller)s texts %(client)s: what now?") % names
        if fields.get("Digits") == "hangup":
            return _("%(caller)s hung up while speaking") % names
        if fields.get("Digits"):
            return _("Pressed %(digits)s: what now?") % names
        if fields.get("RecordingUrl"):
            return _("%(caller)s has spoken after the tone: what now?") % names
        if fields.get("QueueResult"):
            return _("%(caller)s is no longer waiting (%(result)s)") % {
                **names,
                "result": fields["QueueResult"],
            }
        if fields.get("DialCallStatus"):
            return _("The room is left: what now?")
        if fields.get("QueuePosition"):
            return _("%(caller)s waits: what to hear?") % names
        if fields.get("Direction") == "inbound" and fields.get("CallStatus") == "ringing":
            return _("%(caller)s rings %(client)s: what now?") % names
        return _("%(client)s is on the line: what now?") % names

    def _notice(self, fields: dict) -> str:
        if event := fields.get("StatusCallbackEvent"):
            who = fields.get("ParticipantLabel", "")
            return _("Room: %(event)s") % {"event": f"{event.replace('-', ' ')} {who}".strip()}
        if status := fields.get("MessageStatus"):
            return _("Text to %(name)s: %(status)s") % {
                "name": self._name(fields.get("To", "")),
                "status": status,
            }
        if status := fields.get("RecordingStatus"):
            return _("Recording: %(status)s") % {"status": status}
        if status := fields.get("CallStatus"):
            names = {**self._between(fields), "status": status}
            return _("Call from %(caller)s to %(client)s: %(status)s") % names
        return _("Notice")

    def _wish(self, steps: list[str], fields: dict) -> str:
        to = self._name(fields.get("To", ""))
        match steps:
            case ["Calls"]:
                return _("Ring %(name)s") % {"name": to}
            case ["Calls", _sid] if fields.get("Status"):
                return _("End the call")
            case ["Calls", _sid]:
                return _("Send the call elsewhere")
            case ["Messages"]:
                return _("Text %(name)s") % {"name": to}
            case ["Conferences", _sid, "Participants"]:
                return _("Bring %(name)s into the room") % {"name": to}
            case ["Conferences", _sid, "Participants", _who] if "Hold" in fields:
                return _("Put on hold") if fields["Hold"].lower() == "true" else _("Take off hold")
            case _:
                return " ".join(step for step in steps if len(step) < 30)
