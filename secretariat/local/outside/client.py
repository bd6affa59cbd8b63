"""A small synchronous client of the control interface, for stories and scripts."""

import json
import urllib.error
import urllib.request
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from secretariat.local.carrier.parties import GREETING


class NotDone(Exception):
    """The outside world would not do it; the words say why."""


class Outside:
    """The outside world at this address, such as ``http://127.0.0.1:43117``."""

    def __init__(self, url: str, *, timeout: float = 60):
        self.url, self.timeout = url.rstrip("/"), timeout
        # Proxies of the environment are none of our business: this is the same computer.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ring(self, to: str, *, caller: str, **more) -> "Call":
        """Dial a number of the office from a telephone outside."""
        return Call(self, self.do("ring", to=to, caller=caller, **more)["call"])

    def text(self, to: str, body: str, *, sender: str) -> None:
        self.do("text", sender=sender, to=to, body=body)

    def call_to(self, number: str) -> "Call | None":
        """The newest live call to this number or identity, as a person sees her telephone ring."""
        return next(
            (
                Call(self, call["call"])
                for call in reversed(self.state()["calls"])
                if call["to"].partition("?")[0] == number and call["status"] in ("ringing", "in-progress")
            ),
            None,
        )

    def telephone(self, number: str) -> "Telephone":
        return Telephone(self, number)

    def texts_to(self, number: str) -> list[str]:
        """The words of every text this number received, oldest first."""
        return [text["body"] for text in self.state()["texts"] if text["to"] == number]

    def mail(self, address: str = "") -> list[dict]:
        """The mail that arrived, newest first; for one address or all."""
        return self.ask("mail", address=address)

    def write(self, to: str, subject: str, text: str, *, sender: str, in_reply_to: str = "") -> None:
        """Write a mail to the office; `in_reply_to` is the Message-ID of what it answers."""
        self.do("write", sender=sender, to=to, subject=subject, text=text, in_reply_to=in_reply_to)

    def letters(self) -> list[dict]:
        """The book of who prints and posts the office's letters, the oldest first."""
        return self.ask("letters")

    def move_letter(self, letter: str, to: str) -> None:
        """It has been printed, mailed, is in_transit, delivered, returned, or failed."""
        self.do("move_letter", letter=letter, to=to)

    def answer_letters(self, on: bool) -> None:
        """Off: letters are taken, and nobody hears of it."""
        self.do("answer_letters", on=on)

    def invite(self, guest: str, about: str, starts: datetime, *, sender: str) -> None:
        """A calendar program outside invites a client, whose mail comes to the office, for half an hour."""
        self.do("invite", sender=sender, guest=guest, about=about, starts=starts.isoformat())

    def advance(self, seconds: float) -> dict:
        return self.do("advance", seconds=seconds)

    def register(self, identity: str) -> None:
        self.do("register", identity=identity)

    def unregister(self, identity: str) -> None:
        self.do("unregister", identity=identity)

    def behave(self, number: str, **behaviour) -> None:
        self.do("behave", number=number, **behaviour)

    def chaos(self, **modes) -> None:
        self.do("chaos", **modes)

    def reset(self, *, start: str = "", mail: bool = True) -> None:
        self.do("reset", start=start, mail=mail)

    def configure(self, configuration: dict) -> None:
        self.do("configure", **configuration)

    def state(self) -> dict:
        return self.ask("state")

    def idle(self) -> dict:
        """`idle`, `now`, `in_flight` and `next_due_in` (seconds, or None)."""
        return self.ask("idle")

    def log(self) -> list:
        return self.ask("log")

    def check(self) -> list:
        """The simulator's invariants that do not hold."""
        return self.ask("check")["wrong"]

    def do(self, verb: str, **given) -> Any:
        """POST one verb of the control interface. Raises NotDone."""
        return self._speak(f"/control/{verb}", json.dumps(given).encode())

    def ask(self, question: str, **given) -> Any:
        """GET one question of the control interface. Raises NotDone."""
        return self._speak(f"/control/{question}?{urlencode({n: v for n, v in given.items() if v})}")

    def _speak(self, path: str, body: bytes | None = None) -> Any:
        request = urllib.request.Request(
            self.url + path, data=body, headers={"Content-Type": "application/json"}
        )
        try:
            with self._opener.open(request, timeout=self.timeout) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            with refusal:
                raise NotDone(f"{path}: {refusal.code} {refusal.read().decode(errors='replace')}") from None


class Telephone:
    """A telephone of somebody outside. `number` is E.164; its owner waits to be played first."""

    def __init__(self, outside: Outside, number: str):
        self.outside, self.number = outside, number

    # What it does of itself

    def behaves(self, **behaviour) -> None:
        """The keywords of the simulator's `Party`."""
        self.outside.behave(self.number, **behaviour)

    def has_a_mailbox(self, after: float = 15.0) -> None:
        """Unless somebody answers within `after` seconds, a machine does, which never presses a key."""
        self.behaves(answer="voicemail", after=after, greeting=GREETING)

    def forwards_to(self, number: str, after: float = 0.0) -> None:
        """Its calls go to this number of the office, at once or after so many seconds of ringing."""
        self.behaves(answer="forwards", forwards_to=number, after=after)

    def is_busy(self) -> None:
        self.behaves(answer="busy")

    def is_off(self) -> None:
        """Switched off, and nothing answers in its place."""
        self.behaves(answer="off")

    def never_answers(self) -> None:
        self.behaves(answer="no-answer")

    def is_by_its_owner(self) -> None:
        self.behaves()

    # What its owner does

    @property
    def call(self) -> "Call | None":
        """The newest live call here, ringing or connected, or None."""
        return self._newest(lambda call: call["status"] in ("ringing", "in-progress"))

    @property
    def rings(self) -> bool:
        return self._newest(lambda call: call["status"] == "ringing") is not None

    @property
    def talks(self) -> bool:
        return self._newest(lambda call: call["status"] == "in-progress") is not None

    def heard(self) -> list[str]:
        """Every word and sound of its newest call, over or not."""
        call = self._newest(lambda call: True)
        return call.heard() if call else []

    def answers(self) -> None:
        self._on_the_line().answer()

    def declines(self) -> None:
        self._on_the_line().decline()

    def presses(self, digits: str) -> None:
        self._on_the_line().press(digits)

    def says(self, words: str) -> None:
        self._on_the_line().say(words)

    def mutes(self, muted: bool = True) -> None:
        self._on_the_line().mute(muted)

    def hangs_up(self) -> None:
        self._on_the_line().hang_up()

    def dials(self, number: str) -> "Call":
        """Ring one of the office's numbers from here."""
        return self.outside.ring(number, caller=self.number)

    def texts(self, number: str, words: str) -> None:
        """Text one of the office's numbers from here."""
        self.outside.text(number, words, sender=self.number)

    def _newest(self, fits) -> "Call | None":
        for call in reversed(self.outside.state()["calls"]):
            far_end = call["from"] if call["direction"] == "inbound" else call["to"]
            if far_end == self.number and fits(call):
                return Call(self.outside, call["call"])
        return None

    def _on_the_line(self) -> "Call":
        if (call := self.call) is None:
            raise NotDone(f"Nobody is on the line at {self.number}.")
        return call


class Call:
    """One end of a call, outside: the caller's telephone, a telephone at home, a mobile."""

    def __init__(self, outside: Outside, sid: str):
        self.outside, self.sid = outside, sid

    def __repr__(self) -> str:
        return f"<Call {self.sid}>"

    @property
    def status(self) -> str:
        return self._now()["status"]

    def heard(self) -> list[str]:
        """Everything heard on this end so far, in words, oldest first."""
        return [piece["text"] for piece in self._now()["heard"]]

    @property
    def awaits_key(self) -> bool:
        """Whether a key pressed now is heard."""
        return self._now()["awaits_key"]

    def press(self, digits: str) -> None:
        self.outside.do("press", call=self.sid, digits=digits)

    def say(self, words: str) -> None:
        self.outside.do("say", call=self.sid, words=words)

    def mute(self, muted: bool = True) -> None:
        """Switch this end's microphone off or on: nobody hears what is said into it."""
        self.outside.do("mute", call=self.sid, muted=muted)

    def hang_up(self) -> None:
        self.outside.do("hang_up", call=self.sid)

    def answer(self) -> None:
        self.outside.do("answer", call=self.sid)

    def decline(self) -> None:
        self.outside.do("decline", call=self.sid)

    def _now(self) -> dict:
        return self.outside.ask(f"calls/{self.sid}")
