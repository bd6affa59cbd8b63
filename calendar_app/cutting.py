"""A calendar as it comes, cut into its objects, so that one that is broken takes no other with it. Pure.

Nothing is understood here but where things begin and end; the bounds are counted, not timed.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from secretariat.calendar_files import NO_TEXT

MOST_BYTES = 20_000_000
MOST_OBJECTS = 50_000
MOST_LINES = 2_000_000
LONGEST_ZONE = 40_000  # characters of one zone's definition; those of a hundred years are half as long
LINE_BREAK = re.compile(r"\r\n|\n|\r")
ITS_ZONE = re.compile(r';TZID="?([^":;]+)', re.IGNORECASE)
STARTS_A_LINE = re.compile(r"[A-Za-z][A-Za-z0-9-]*[;:]")
IS_WHOLE = re.compile(r"(?:BEGIN|END):[A-Z-]+\s*", re.IGNORECASE)


class Unreadable(Exception):
    """This object cannot be used. `code` says why; `about` names the zone we do not know."""

    def __init__(self, code: str, about: str = ""):
        super().__init__(f"{code} {about}".strip())
        self.code = code
        self.about = about


@dataclass(frozen=True)
class Piece:
    """All of a calendar that has one UID: a single event, or a series with its exceptions; and its zones.

    `fault` is the code of what is wrong with it, if that is plain before it is read.
    """

    uid: str
    lines: Sequence[str]
    zones: Sequence[Sequence[str]] = ()  # their lines, shared with other pieces
    told: str = ""  # the zone of the whole calendar
    fault: str = ""

    @property
    def raw(self) -> str:
        around = [f"X-WR-TIMEZONE:{self.told}"] if self.told else []
        its = [line for zone in self.zones for line in zone]
        whole = ["BEGIN:VCALENDAR", *around, *its, *self.lines, "END:VCALENDAR"]
        return "\r\n".join(whole) + "\r\n"

    @property
    def mark(self) -> str:
        """Changes when anything in it does."""
        return hashlib.sha256(self.raw.encode()).hexdigest()


@dataclass(frozen=True)
class Cut:
    """A calendar cut into its pieces. `zone`: of its times that carry none, if it says so."""

    pieces: list[Piece]
    zone: str = ""
    name: str = ""
    method: str = ""


def text_of(raw: bytes) -> str:
    """These bytes as text, whatever wrote them. Nothing is lost but what is no text."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def lines_of(text: str) -> Iterator[str]:
    """The unfolded lines of a calendar. A line that begins like none continues the one before it, unless
    that begins or ends something: nonsense behind an entry does not keep it open."""
    whole = ""
    # Dropped: programs that write it mean nothing by it.
    for line in _unfolded(NO_TEXT.sub("", text)):
        if whole and not STARTS_A_LINE.match(line) and not IS_WHOLE.fullmatch(whole):
            whole += line
            continue
        if whole:
            yield whole
        whole = line
    if whole:
        yield whole


def _unfolded(text: str) -> Iterator[str]:
    held: list[str] = []
    after_empty = False  # some programs write one behind each line, and go on folding
    for line in LINE_BREAK.split(text):
        if line[:1] in (" ", "\t") and not (after_empty and IS_WHOLE.fullmatch("".join(held))):
            held.append(line[1:])
        elif line:
            if held:
                yield "".join(held)
            held = [line]
        after_empty = not line
    if held:
        yield "".join(held)


def cut(text: str) -> Cut:
    """The calendar's events, put together by UID; other things that stand in it are left out.

    Raises Unreadable when it is no calendar, or a larger one than anybody keeps.
    """
    if len(text) > MOST_BYTES or text.count("\n") + text.count("\r") > 2 * MOST_LINES:
        raise Unreadable("too_large")
    cutting = _Cutting()
    for number, line in enumerate(lines_of(text)):
        if number > MOST_LINES or len(cutting.blocks) > MOST_OBJECTS:
            raise Unreadable("too_large")
        cutting.take(line)
    cutting.close("cut_off")
    if not cutting.is_calendar:
        raise Unreadable("no_calendar")
    return Cut(
        list(cutting.pieces()),
        cutting.facts["X-WR-TIMEZONE"],
        cutting.facts["X-WR-CALNAME"],
        cutting.facts["METHOD"],
    )


class _Cutting:
    def __init__(self):
        self.is_calendar = False
        self.facts = {"X-WR-TIMEZONE": "", "X-WR-CALNAME": "", "METHOD": ""}
        self.blocks: list[tuple[str, list[str], str]] = []  # uid, lines, fault
        self.zones: dict[str, list[str]] = {}
        self.lines: list[str] | None = None
        self.kind = ""
        self.depth = 0
        self.uid = ""

    def take(self, line: str):
        upper = line[:60].upper().rstrip()
        if upper.startswith("BEGIN:"):
            self.begin(upper[6:].strip(), line)
        elif upper.startswith("END:"):
            self.end(upper[4:].strip(), line)
        elif self.lines is not None:
            self.lines.append(line)
            if not self.depth and upper.startswith(("UID:", "UID;")):
                self.uid = self.uid or line.partition(":")[2].strip()
        else:
            name, _, value = line.partition(":")
            name = name.partition(";")[0].upper()
            if name in self.facts:
                self.facts[name] = value.strip()[:200]

    def begin(self, kind: str, line: str):
        if kind == "VCALENDAR":
            self.is_calendar = True
            self.close("cut_off")
        elif self.lines is None:
            self.open(kind, line)
        elif kind in ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE"):
            self.close("cut_off")
            self.open(kind, line)
        else:
            self.depth += 1
            self.lines.append(line)

    def open(self, kind: str, line: str):
        self.kind, self.lines, self.depth, self.uid = kind, [line], 0, ""

    def end(self, kind: str, line: str):
        if self.lines is None:
            return
        if kind == "VCALENDAR":
            self.close("cut_off")
        elif kind == self.kind:
            self.lines.append(line)
            self.close("")
        elif self.depth:
            self.depth -= 1
            self.lines.append(line)

    def close(self, fault: str):
        if self.lines is None:
            return
        if self.kind == "VEVENT":
            self.blocks.append((self.uid, self.lines, fault))
        elif self.kind == "VTIMEZONE" and not fault:
            name = next(
                (ln.partition(":")[2].strip() for ln in self.lines if ln.upper().startswith("TZID")), ""
            )
            if sum(map(len, self.lines)) <= LONGEST_ZONE:  # else it is asked about, as if it were not told
                self.zones.setdefault(name, self.lines)
        self.lines = None

    def pieces(self) -> Iterator[Piece]:
        by_uid: dict[str, list[tuple[list[str], str]]] = {}
        for uid, lines, fault in self.blocks:
            if not uid:  # no name of its own: it gets one that stays while it says the same
                uid = "unnamed-" + hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]
            by_uid.setdefault(uid, []).append((lines, fault))
        for uid, blocks in by_uid.items():
            events = [line for lines, _ in blocks for line in lines]
            used = {name.strip() for line in events for name in ITS_ZONE.findall(line[:400])}
            own = [self.zones[name] for name in sorted(used & self.zones.keys())]
            fault = next((f for _, f in blocks if f), "")
            yield Piece(uid[:1024], events, own, self.facts["X-WR-TIMEZONE"], fault)
