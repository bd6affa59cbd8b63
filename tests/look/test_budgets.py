"""How much a page may weigh, compressed."""

import gzip
import re
from pathlib import Path

import django_htmx
import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx" / "htmx-2.min.js"
SOFTPHONE = ("heartbeat.js", "mute.js", "phone.js", "phone-twilio.js", "phone-simulated.js")
LATER = (*SOFTPHONE, "typed.js")  # at the start of her shift, and once she touches the page


def weight(paths) -> int:
    """Bytes of the files, each compressed as it is sent."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def named_in(*templates: str) -> tuple[list[Path], list[Path]]:
    """The scripts and style sheets that these templates ask for."""
    text = "".join((ROOT / "templates" / name).read_text() for name in templates)
    names = re.findall(r'{% static "([\w.-]+\.(?:js|css))" %}', text)
    scripts = [ROOT / "static" / "js" / name for name in names if name.endswith(".js")]
    sheets = [ROOT / "static" / "css" / name for name in names if name.endswith(".css")]
    return [path for path in scripts if path.name not in LATER], sheets


@pytest.mark.parametrize(("frame", "most"), [("ui/desk.html", 40_000), ("ui/portal.html", 25_000)])
def test_scripts_of_a_frame(frame, most):
    scripts, _ = named_in("base.html", frame)
    assert scripts
    assert weight([HTMX, *scripts]) <= most


@pytest.mark.parametrize("frame", ["ui/desk.html", "ui/portal.html", "overview/landing.html"])
def test_style_sheets_of_a_frame(frame):
    _, sheets = named_in("base.html", frame)
    assert sheets
    assert weight(sheets) <= 20_000
