"""Where things stand on the paper, in millimetres from its upper left corner. Pure.

DIN 5008 gives its figures itself. For the British and the American envelope they follow from the envelope:
the folded sheet may slip inside it, so the address stands where the window shows it however the sheet lies,
and nothing else stands where the window could ever show it.
"""

from dataclasses import dataclass

LINE = 4.23  # mm from one line of an address to the next: a sixth of an inch, 12 pt


@dataclass(frozen=True)
class Zone:
    """A rectangle on the paper."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True)
class Envelope:
    """An envelope with a window, and how tall and wide the folded sheet is that lies in it."""

    width: float
    height: float
    window: Zone  # seen from outside, from the envelope's upper left corner
    sheet_width: float
    sheet_height: float

    def always_seen(self) -> Zone:
        """What of the sheet the window shows, however it has slipped."""
        across, down = self.width - self.sheet_width, self.height - self.sheet_height
        window = self.window
        return Zone(window.left, window.top, window.width - across, window.height - down)

    def ever_seen(self) -> Zone:
        """What of the sheet the window may show."""
        across, down = self.width - self.sheet_width, self.height - self.sheet_height
        window = self.window
        return Zone(window.left - across, window.top - down, window.width + across, window.height + down)


@dataclass(frozen=True)
class Layout:
    """One sheet. `address` is where the lines stand, `clear` where only they (and the return line) may."""

    code: str
    width: float
    height: float
    address: Zone
    clear: Zone
    return_line: float | None  # the baseline of the sender's one small line, or there is none
    facts: Zone  # date and references
    head: Zone  # the letterhead
    left: float  # margins of the text
    right: float
    body: float  # where the subject begins
    folds: tuple[float, ...] = ()
    punch: float | None = None

    @property
    def lines(self) -> int:
        """How many lines an address may have."""
        return int((self.address.height + 0.01) // LINE)

    def baseline(self, line: int) -> float:
        """The baseline of a line of the address, the first being 0, from the upper edge of the paper."""
        return self.address.top + 3.3 + line * LINE


# BS 4264: 93 × 39 mm, 19 mm from the left and 18 mm from the bottom. An A4 sheet in thirds.
UK_DL_ENVELOPE = Envelope(
    width=220, height=110, window=Zone(19, 53, 93, 39), sheet_width=210, sheet_height=99
)
# 4½ × 1⅛ inches, ⅞ inch from the left and ½ inch from the bottom. A letter sheet whose uppermost part is
# folded at 98 mm instead of a third (93.1), so that it slips less and five lines stay in sight.
US_10_ENVELOPE = Envelope(
    width=241.3,
    height=104.775,
    window=Zone(22.225, 63.5, 114.3, 28.575),
    sheet_width=215.9,
    sheet_height=98,
)


def _din(code: str, *, field: float, facts: float, head: float, folds: tuple[float, ...]) -> Layout:
    """DIN 5008: a field of 85 × 45 mm, 20 mm from the left; 17.7 mm of it for return line and notes, then six
    lines of address in 27.3 mm, 5 mm inside."""
    return Layout(
        code=code,
        width=210,
        height=297,
        address=Zone(25, field + 17.7, 80, 27.3),
        clear=Zone(20, field, 85, 45),
        return_line=field + 16.2,
        facts=Zone(125, facts, 75, 45),
        head=Zone(25, 10, 165, head),
        left=25,
        right=20,
        body=field + 45 + 8.46,
        folds=folds,
        punch=148.5,
    )


LAYOUTS = {
    each.code: each
    for each in (
        _din("din-a", field=27, facts=32, head=14, folds=(87, 192)),
        _din("din-b", field=45, facts=50, head=32, folds=(105, 210)),
        Layout(
            code="uk-dl",
            width=210,
            height=297,
            address=Zone(25, 54, 75, 6 * LINE),
            clear=UK_DL_ENVELOPE.ever_seen(),
            return_line=None,
            facts=Zone(125, 50, 65, 40),
            head=Zone(25, 10, 165, 30),
            left=25,
            right=20,
            body=102,
            folds=(99, 198),
        ),
        Layout(
            code="us-10",
            width=215.9,
            height=279.4,
            address=Zone(25.4, 64, 84, 5 * LINE),
            clear=US_10_ENVELOPE.ever_seen(),
            return_line=None,
            facts=Zone(140, 58, 50.5, 34),
            head=Zone(25.4, 12.7, 165, 40),
            left=25.4,
            right=25.4,
            body=98,
            folds=(98, 189),
        ),
    )
}


def usual(country: str) -> str:
    """The layout whose envelopes are bought in this country (ISO 3166)."""
    if country in {"US", "CA", "MX", "PH"}:
        return "us-10"
    return "din-b" if country in {"AT", "CH", "DE", "LI", "LU"} else "uk-dl"
