"""What a short answer to a text means. Pure.

OK acknowledges, alone or with the code of one message: "OK", "ok.", "Okay 2", "2ok", "1". Anything with
more in it is words for somebody to read.
"""

import re
from dataclasses import dataclass

_YES = r"(?:ok|okay|oke|o\.k)"
_OK = re.compile(rf"{_YES}(?:\s*[,:#-]?\s*(?P<after>\d{{1,3}}))?|(?P<before>\d{{1,3}})\s*{_YES}?", re.I)
_AROUND = " \t\r\n.,!;:'\"“”‘’\u200d\ufe0f"
THUMBS = "\N{THUMBS UP SIGN}"
TONES = "\N{EMOJI MODIFIER FITZPATRICK TYPE-1-2}-\N{EMOJI MODIFIER FITZPATRICK TYPE-6}"


@dataclass(frozen=True)
class Accepted:
    """Somebody has it. `code` says which message, where she named one."""

    code: int | None = None


def read(body: str) -> Accepted | None:
    """What the answer accepts, or None where it is words."""
    said = re.sub(f"[{TONES}]", "", body).strip(_AROUND)
    if said and set(said) == {THUMBS}:
        return Accepted()
    match = _OK.fullmatch(said)
    if match is None:
        return None
    code = match["after"] or match["before"]
    return Accepted(int(code) if code else None)


def meant(accepted: Accepted, open_codes: dict[int, object]) -> object | None:
    """The message of `open_codes` that is accepted, or None: then she is asked which one she means.

    With one open, OK and 1 mean that one, whatever its code. With several only a code will do: to take
    the newest could mark as heard what nobody has read.
    """
    if accepted.code in open_codes:
        return open_codes[accepted.code]
    only_one = len(open_codes) == 1 and accepted.code in (None, 1)
    return next(iter(open_codes.values())) if only_one else None
