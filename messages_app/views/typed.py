"""What a page posts while somebody types on it, and the answer its script reads."""

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import JsonResponse


def fields(request, names: Collection[str]) -> dict[str, str]:
    """The fields of these names, as they stand on the screen."""
    return {name: value for name, value in request.POST.items() if name in names}


def unheard(request) -> list[dict[str, str]]:
    """The versions this browser sent before, of which it has heard nothing. What is no such thing is none."""
    versions = []
    for written in request.POST.getlist("unheard"):
        with suppress(ValueError):
            version = json.loads(written)
            if isinstance(version, dict) and all(isinstance(value, str) for value in version.values()):
                versions.append(version)
    return versions


def revision(request) -> int | None:
    """The revision the page stands on; None where it names none."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 9 else None


def kept(request, *, revision: int, at: datetime, redacted: Mapping[str, str]) -> JsonResponse:
    """It is kept: as which revision, when by her clock, and what had to be changed for it."""
    saved = f"{at.astimezone(ZoneInfo(request.user.zone)):%H:%M:%S}"
    return JsonResponse({"revision": revision, "saved": saved, "redacted": redacted})


def clashes(*, revision: int, fields: Mapping[str, str]) -> JsonResponse:
    """Somebody saved in between: what stands there now."""
    return JsonResponse({"revision": revision, "fields": fields}, status=409)


def taken_over(name: str) -> JsonResponse:
    """Somebody else writes in it now. The page keeps what is typed, and tries again."""
    return JsonResponse({"writes": name}, status=423)


def not_a_draft(error: str = "revision") -> JsonResponse:
    return JsonResponse({"error": error}, status=400)
