"""Every pair of colours that carries words, a border or the focus, computed from the sheets."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
PAIR = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")
PAPERS = ("canvas", "surface", "sunken")
SOFT = {"ok": "ok-soft", "warn": "warn-soft", "danger": "danger-soft", "accent": "accent-soft"}
FILLED = {"on-danger": "danger", "on-ring": "ring", "on-accent": "accent"}


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(over: str, under: str, share: float) -> str:
    """#rrggbb of `over` laid on `under` with the opacity `share`."""
    pairs = [(int(over[at : at + 2], 16), int(under[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


TOKENS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in PAIR.findall((CSS / "tokens.css").read_text())
}
BANDS = {
    name: {role: {"light": light, "dark": dark} for role, light, dark in PAIR.findall(body)}
    for name, body in re.findall(r"\.band-(\w+) \{(.*?)\}", (CSS / "bands.css").read_text(), re.S)
}


def test_white_on_black_is_21():
    assert round(contrast("#ffffff", "#000000"), 1) == 21.0


def test_the_sheets_hold_what_is_checked_here():
    assert {
        *PAPERS,
        *SOFT,
        *SOFT.values(),
        *FILLED,
        *FILLED.values(),
        "ink",
        "ink-2",
        "line-2",
    } <= TOKENS.keys()
    assert len(BANDS) == 8
    assert all(band.keys() == {"bar", "edge", "tint"} for band in BANDS.values())


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("words", "paper", "least"),
    [
        *((word, paper, 12.5) for word, paper in product(["ink"], PAPERS)),
        *((word, paper, 6.0) for word, paper in product(["ink-2"], PAPERS)),
        *((word, paper, 4.5) for word, paper in product(["ok", "warn", "danger", "accent", "ring"], PAPERS)),
        *((word, paper, 4.5) for word, paper in SOFT.items()),
        *(("ink", paper, 4.5) for paper in SOFT.values()),
        *(("ink-2", paper, 4.5) for paper in SOFT.values()),
        *((word, fill, 4.5) for word, fill in FILLED.items()),
        *(("line-2", paper, 3.0) for paper in PAPERS),
    ],
)
def test_words_and_borders_stand_out(theme, words, paper, least):
    assert contrast(TOKENS[words][theme], TOKENS[paper][theme]) >= least


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("band", BANDS)
def test_a_band_carries_white_words_even_where_it_is_hatched(theme, band):
    bar = BANDS[band]["bar"][theme]
    stripe = mixed("#ffffff", bar, 0.14)  # on hold
    assert contrast("#ffffff", bar) >= 8
    assert contrast("#ffffff", stripe) >= 5.5
    assert contrast(mixed("#ffffff", stripe, 0.86), stripe) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("band", BANDS)
def test_a_band_is_told_from_paper_and_carries_ink(theme, band):
    colours = BANDS[band]
    for paper in (TOKENS["canvas"], TOKENS["surface"], colours["tint"]):
        assert contrast(colours["edge"][theme], paper[theme]) >= 7
    assert contrast(TOKENS["ink"][theme], colours["tint"][theme]) >= 12
    assert contrast(TOKENS["ink-2"][theme], colours["tint"][theme]) >= 6.5


@pytest.mark.parametrize("ink", ["#a8231b", "#0a6150", "#1a1f25"])
def test_white_buttons_on_the_bar_carry_their_inks(ink):
    assert contrast(ink, "#ffffff") >= 4.5
