"""Lob, played: takes what its published description allows and nothing else, and tells of letters."""

import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

import requests

from secretariat.local.lob import notices
from secretariat.local.lob.description import SPEC, amiss

KEY, SECRET = "test_0123456789", "whsec"
DELETED = {"deleted": True}


class Lob:
    """Has `request` as requests.Session has. `fails` is raised once, after the letter has been made.

    While it is `deaf` it says nothing of letters, but does what it is told; while it is `dead` it does not.
    """

    def __init__(self):
        self.letters: dict[str, dict] = {}
        self.by_key: dict[str, str] = {}
        self.asked: list[tuple[str, str]] = []
        self.deliverability = "deliverable"
        self.abroad: str | None = "deliverable"  # None: not in this contract
        self.too_late = False
        self.fails: Exception | None = None
        self.deaf = self.dead = False

    def request(self, method, url, *, auth=None, timeout, **what):
        assert timeout <= 30
        path = urlsplit(url).path
        self.asked.append((method, path))
        of_letters = path.startswith("/v1/letters")
        if self.dead and of_letters:
            raise requests.ReadTimeout
        answered = self._answer(method, url, path, auth, what)
        if self.deaf and of_letters:
            raise requests.ReadTimeout
        return answered

    def _answer(self, method, url, path, auth, what):
        if urlsplit(url).hostname == "lob-assets.com":
            return answer(200, b"%PDF-1.7 as it is printed")
        if auth != (KEY, ""):
            return answer(401, {"error": {"code": "unauthorized", "status_code": 401}})
        match method, path.split("/")[1:]:
            case "POST", ["v1", "letters"]:
                return self._create(what["data"], what["files"], what["headers"])
            case "GET", ["v1", "letters"]:
                return self._listed(what["params"])
            case "DELETE", ["v1", "letters", letter_id]:
                if self.too_late:
                    return answer(422, {"error": {"code": "bad_request", "status_code": 422}})
                self.letters.pop(letter_id)
                return answer(200, {"id": letter_id} | DELETED)
            case "GET", ["v1", "letters", letter_id]:
                return answer(200, self.letters[letter_id])
            case "POST", ["v1", "us_verifications"]:
                holds(what["json"], SPEC["us_verification"])
                assert self.deliverability in SPEC["us_verification"]["deliverability"]
                return answer(200, {"deliverability": self.deliverability, "object": "us_verification"})
            case "POST", ["v1", "intl_verifications"]:
                holds(what["json"], SPEC["intl_verification"])
                if self.abroad is None:
                    return answer(403, {"error": {"code": "forbidden", "status_code": 403}})
                assert self.abroad in SPEC["intl_verification"]["deliverability"]
                return answer(200, {"deliverability": self.abroad, "object": "intl_verification"})
        raise AssertionError(f"Lob has no {method} {path}")

    def _create(self, data, files, headers):
        key = headers["Idempotency-Key"]
        assert len(key) <= SPEC["headers"]["Idempotency-Key"]["maxLength"]
        if key in self.by_key:
            return answer(200, self.letters[self.by_key[key]])
        to = {name[3:-1]: value for name, value in data.items() if name.startswith("to[")}
        metadata = {name[9:-1]: value for name, value in data.items() if name.startswith("metadata[")}
        nested = ("to[", "metadata[")
        rest = {name: value for name, value in data.items() if not name.startswith(nested)}
        holds(to, SPEC["address_us" if to.get("address_country") == "US" else "address_intl"])
        name, content, kind = files["file"]
        assert (content[:5], kind) == (b"%PDF-", "application/pdf")
        holds(rest | {"to": to, "file": name, "metadata": metadata}, SPEC["letter_editable"])
        made = f"ltr_{len(self.letters) + 1:016x}"
        self.letters[made] = rest | {
            "id": made,
            "to": to,
            "metadata": metadata,
            "status": "rendered",
            "expected_delivery_date": "2026-12-02",
            "tracking_events": [],
            "url": f"https://lob-assets.com/letters/{made}.pdf?signature=x",
            "carrier": "USPS",
            "tracking_number": None,
            "object": "letter",
        }
        self.by_key[key] = made
        if self.fails:
            error, self.fails = self.fails, None
            raise error
        return answer(200, self.letters[made])

    def _listed(self, params):
        """The newest first, of those that have what was asked for."""
        assert {name.partition("[")[0] for name in params} <= set(SPEC["letters_list"]["query"])
        wanted = {name[9:-1]: value for name, value in params.items() if name.startswith("metadata[")}
        found = [each for each in self.letters.values() if wanted.items() <= each["metadata"].items()]
        return answer(200, {"object": "list", "data": found[::-1][: params["limit"]], "count": len(found)})


def holds(told: dict, schema: dict) -> None:
    """Whether these fields are what the description allows: all it asks for, and none it does not know."""
    assert amiss(told, schema) == []


def answer(status: int, content) -> requests.Response:
    made = requests.Response()
    made.status_code = status
    made._content = content if isinstance(content, bytes) else json.dumps(content).encode()
    return made


def event(kind: str, letter: dict, *, number=1) -> bytes:
    """The body of a notice."""
    at = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
    return notices.event(kind, letter, number=str(number), at=at)


def signed(body: bytes, *, at: datetime, secret=SECRET) -> dict[str, str]:
    return notices.signed(body, at=at, secret=secret)
