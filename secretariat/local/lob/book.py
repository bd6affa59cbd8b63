"""The carrier's own book: every letter it was sent, under which key, and how far it has come."""

import io
import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from .description import SPEC, address, amiss
from .notices import written

KEYS_LAST = timedelta(hours=24)
ARRIVES_AFTER = timedelta(days=5)
WAITING, PRINTED, MAILED, IN_TRANSIT = "waiting", "printed", "mailed", "in_transit"
DELIVERED, RETURNED, FAILED, CANCELLED = "delivered", "returned", "failed", "cancelled"
ON_THE_WAY = (WAITING, PRINTED, MAILED, IN_TRANSIT)
MOVES = {  # to: (from which states, the event it tells, the name among what was tracked)
    PRINTED: ((WAITING,), "billed", ""),
    MAILED: ((WAITING, PRINTED), "mailed", "Mailed"),
    IN_TRANSIT: ((WAITING, PRINTED, MAILED), "in_transit", "In Transit"),
    DELIVERED: (ON_THE_WAY, "delivered", "Delivered"),
    RETURNED: (ON_THE_WAY, "returned_to_sender", "Returned to Sender"),
    FAILED: ((WAITING, PRINTED), "failed", ""),
}
# Lob's test keys answer by the first line of the address; ours does the same, wherever the words stand in it.
AS_IT_READS = {
    "missing unit": "deliverable_missing_unit",
    "incorrect unit": "deliverable_incorrect_unit",
    "unnecessary unit": "deliverable_unnecessary_unit",
    "undeliverable": "undeliverable",
    "no match": "no_match",
    "missing info": "deliverable_missing_info",
}


class NotMoved(Exception):
    """The letter is not where it could be moved from; the words say so."""


@dataclass(frozen=True)
class Reply:
    status: int
    content: dict


@dataclass
class Entry:
    """One letter of the book. `told` is the letter as Lob shows it; `past` when it came to which state."""

    told: dict
    token: str
    state: str = WAITING
    past: list[tuple[str, str]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.told["id"]

    @property
    def moves(self) -> list[str]:
        """Where it could be moved now."""
        return [to for to, (before, _event, _name) in MOVES.items() if self.state in before]


class Book:
    """`folder` keeps it over a restart; without one it is forgotten. `untold` are notices yet to be sent."""

    def __init__(self, folder: Path | None, *, now: Callable[[], datetime]):
        self.folder, self.now = folder, now
        self.entries: dict[str, Entry] = {}
        self.by_key: dict[str, tuple[str, str]] = {}  # the letter, and since when
        self.files: dict[str, bytes] = {}
        self.untold: list[tuple[str, dict]] = []
        self._remember()

    def empty(self) -> None:
        self.entries.clear()
        self.by_key.clear()
        self.files.clear()
        self.untold.clear()
        self._keep()

    # What the firm asks

    def create(self, form: Mapping[str, str], file: bytes | None, *, key: str, base: str) -> Reply:
        """Take a letter, once for each key of a day. `base` is the address at which this carrier stands."""
        if len(key) > SPEC["headers"]["Idempotency-Key"]["maxLength"]:
            return refused(422, "the idempotency key is too long")
        if key and (known := self._under(key)):
            return Reply(200, known.told)
        to, metadata = _nested(form, "to"), _nested(form, "metadata")
        rest = {name: value for name, value in form.items() if "[" not in name}
        wrong = amiss(to, address(to))
        given = {"file": "letter.pdf"} if file is not None else {}
        wrong += amiss(rest | given | {"to": to, "metadata": metadata}, SPEC["letter_editable"])
        printed = _as_it_is_printed(file, rest.get("address_placement", "")) if file else None
        if printed is None:
            wrong.append("file is no PDF that can be printed")
        if wrong:
            return refused(422, "; ".join(wrong))
        now, made, token = self.now(), f"ltr_{secrets.token_hex(8)}", secrets.token_urlsafe(12)
        send_at = datetime.fromisoformat(rest["send_date"]) if "send_date" in rest else now
        entry = Entry(
            rest
            | {
                "id": made,
                "to": to,
                "metadata": metadata,
                "status": "rendered",
                "send_date": written(send_at),
                "date_created": written(now),
                "date_modified": written(now),
                "expected_delivery_date": f"{send_at.astimezone(UTC) + ARRIVES_AFTER:%Y-%m-%d}",
                "tracking_events": [],
                "tracking_number": None,
                "carrier": "USPS",
                "url": f"{base}/assets/{made}.pdf?signature={token}",
                "object": "letter",
            },
            token,
            past=[(written(now), WAITING)],
        )
        self.entries[made], self.files[made] = entry, printed
        if key:
            self.by_key[key] = (made, now.isoformat())
        self._keep(made)
        self._tell(entry, "letter.created", "letter.rendered_pdf")
        return Reply(200, entry.told)

    def letter(self, letter_id: str) -> Reply:
        entry = self.entries.get(letter_id)
        return Reply(200, entry.told) if entry else refused(404, "letter not found")

    def listed(self, query: Mapping[str, str]) -> Reply:
        """The newest first, of those that have what was asked for."""
        unknown = {name.partition("[")[0] for name in query} - set(SPEC["letters_list"]["query"])
        most = query.get("limit", "10")
        if unknown or not most.isdecimal():
            return refused(422, f"not known: {', '.join(sorted(unknown)) or 'limit'}")
        wanted = _nested(query, "metadata").items()
        found = [
            entry.told
            for entry in reversed(self.entries.values())
            if wanted <= entry.told["metadata"].items() and entry.state != CANCELLED
        ]
        return Reply(200, {"object": "list", "data": found[: int(most)], "count": len(found)})

    def cancel(self, letter_id: str) -> Reply:
        """Not to be printed after all: until its time has come, or somebody has printed it."""
        entry = self.entries.get(letter_id)
        if entry is None:
            return refused(404, "letter not found")
        if entry.state != CANCELLED:
            if entry.state != WAITING or datetime.fromisoformat(entry.told["send_date"]) <= self.now():
                return refused(422, "the letter is in production and can no longer be cancelled")
            entry.told["deleted"] = True
            self._came_to(entry, CANCELLED, "letter.deleted")
        return Reply(200, {"id": letter_id, "deleted": True})

    def verified(self, kind: str, told: dict) -> Reply:
        """What the post says of an address; `kind` is us_verification or intl_verification."""
        if wrong := amiss(told, SPEC[kind]):
            return refused(422, "; ".join(wrong))
        line = str(told["primary_line"]).casefold()
        says = next((each for words, each in AS_IT_READS.items() if words in line), "deliverable")
        if says not in SPEC[kind]["deliverability"]:
            says = "deliverable"
        return Reply(200, {"deliverability": says, "object": kind})

    # What becomes of it

    def move(self, letter_id: str, to: str) -> None:
        """The letter has come to this state, of which the firm is told. Raises NotMoved."""
        entry = self.entries.get(letter_id)
        if entry is None:
            raise NotMoved("There is no such letter.")
        if to not in entry.moves:
            raise NotMoved(f"A letter that is {entry.state} cannot become {to}.")
        _before, event, name = MOVES[to]
        certified = f"letter.certified.{event}"
        is_certified = str(entry.told.get("extra_service", "")).startswith("certified")
        has_own = is_certified and certified in SPEC["event"]["letter_types"]
        if name:
            entry.told["tracking_number"] = entry.told["tracking_number"] or _tracking()
            kind = "certified" if is_certified else "normal"
            seen = {"type": kind, "name": name, "time": written(self.now()), "object": "tracking_event"}
            entry.told["tracking_events"].append(seen)
        if to == FAILED:
            entry.told["status"] = "failed"
        self._came_to(entry, to, certified if has_own else f"letter.{event}")

    def take_untold(self) -> list[tuple[str, dict]]:
        """The notices since it was last asked: what each is of, and the letter as it stood then."""
        taken, self.untold = self.untold, []
        return taken

    def pdf(self, letter_id: str) -> bytes | None:
        """The letter as it is printed."""
        if letter_id in self.files or self.folder is None or letter_id not in self.entries:
            return self.files.get(letter_id)
        file = self.folder / f"{letter_id}.pdf"
        return file.read_bytes() if file.is_file() else None

    def _came_to(self, entry: Entry, state: str, event: str) -> None:
        entry.state = state
        entry.told["date_modified"] = written(self.now())
        entry.past.append((written(self.now()), state))
        self._tell(entry, event)
        self._keep()

    def _tell(self, entry: Entry, *events: str) -> None:
        """Of the letter as it stands now, whatever becomes of it before the notice leaves."""
        self.untold += [(event, json.loads(json.dumps(entry.told))) for event in events]

    def _under(self, key: str) -> Entry | None:
        """The letter that was created under this key, while the carrier knows it."""
        letter_id, since = self.by_key.get(key, ("", ""))
        if not letter_id or datetime.fromisoformat(since) + KEYS_LAST <= self.now():
            return None
        return self.entries.get(letter_id)

    # Over a restart

    def _keep(self, new: str = "") -> None:
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        if new:  # before the book names it
            (self.folder / f"{new}.pdf").write_bytes(self.files.pop(new))
        for file in self.folder.glob("ltr_*.pdf"):
            if file.stem not in self.entries:
                file.unlink()
        kept = {"entries": [asdict(each) for each in self.entries.values()], "by_key": self.by_key}
        half = self.folder / "book.part"
        half.write_text(json.dumps(kept), encoding="utf-8")
        half.replace(self.folder / "book.json")

    def _remember(self) -> None:
        if self.folder is None or not (self.folder / "book.json").is_file():
            return
        kept = json.loads((self.folder / "book.json").read_text(encoding="utf-8"))
        self.by_key = {key: (letter, since) for key, (letter, since) in kept["by_key"].items()}
        for each in kept["entries"]:
            entry = Entry(each["told"], each["token"], each["state"], [(at, to) for at, to in each["past"]])
            self.entries[entry.id] = entry


def refused(status: int, message: str) -> Reply:
    code = {401: "unauthorized", 404: "not_found"}.get(status, "bad_request")
    return Reply(status, {"error": {"message": message, "status_code": status, "code": code}})


def _nested(fields: Mapping[str, str], name: str) -> dict[str, str]:
    """`to[name]` and the like, as a form says what is inside."""
    inside = f"{name}["
    return {each[len(inside) : -1]: it for each, it in fields.items() if each.startswith(inside)}


def _as_it_is_printed(file: bytes, placement: str) -> bytes | None:
    """With the blank page before it that carries the address, where that was asked for. None: no PDF."""
    try:
        reader, writer = PdfReader(io.BytesIO(file)), PdfWriter()
        first = reader.pages[0].mediabox
        if placement == "insert_blank_page":
            writer.add_blank_page(float(first.width), float(first.height))
        writer.append(reader)
        made = io.BytesIO()
        writer.write(made)
    except (PyPdfError, IndexError, ValueError, KeyError):
        return None
    return made.getvalue()


def _tracking() -> str:
    return "92" + "".join(secrets.choice("0123456789") for _place in range(20))
