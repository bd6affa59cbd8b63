"""A small synchronous client of the control interface, for stories and scripts."""

import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlencode


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

    def texts_to(self, number: str) -> list[str]:
        """The words of every text this number received, oldest first."""
        return [text["body"] for text in self.state()["texts"] if text["to"] == number]

    def mail(self, address: str = "") -> list[dict]:
        """The mail that arrived, newest first; for one address or all."""
        return self.ask("mail", address=address)

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

    def press(self, digits: str) -> None:
        self.outside.do("press", call=self.sid, digits=digits)

    def say(self, words: str) -> None:
        self.outside.do("say", call=self.sid, words=words)

    def hang_up(self) -> None:
        self.outside.do("hang_up", call=self.sid)

    def answer(self) -> None:
        self.outside.do("answer", call=self.sid)

    def decline(self) -> None:
        self.outside.do("decline", call=self.sid)

    def _now(self) -> dict:
        return self.outside.ask(f"calls/{self.sid}")
