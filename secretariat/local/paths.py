"""Where this checkout keeps what it makes for itself. Standard library only."""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
LOCAL = CHECKOUT / ".local"
VENV = CHECKOUT / ".venv"
LOCK = CHECKOUT / "uv.lock"
DEMO = LOCAL / "demo"
