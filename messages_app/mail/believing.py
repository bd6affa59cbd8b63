"""Whether a mail really comes from whom it names: her domain, or one that stands for it, signed it (DKIM).

What other servers wrote about it on its way is not believed: anybody can write that.
"""

import re
from collections.abc import Callable

import dkim

from .addressing import aligned, domain_of

MOST_SIGNATURES = 5
LARGEST = 5 * 2**20  # bytes of a mail whose signatures are looked at
SIGNED_FOR = re.compile(rb"(?:^|;)\s*d\s*=\s*([^;\s]+)")
# How programs introduce what is answered. What is below is what we wrote ourselves.
QUOTED = re.compile(
    r"^(?:>.*|-{2,}\s*(?:original message|ursprüngliche nachricht|message d.origine).*|"
    r"_{10,}|(?:on|am|le|el|il) .{4,200}(?:wrote|schrieb|écrit|escribió|ha scritto)[^.?!]{0,120}:)\s*$",
    re.I,
)


def is_aligned(raw: bytes, author: str, *, txt: Callable[[str], str | None]) -> bool:
    """Whether a signature of this mail holds for the author's domain. Raises nothing.

    `txt` gives the key under a name, such as `s1._domainkey.harlow.example`, or None.
    """

    def key(name, timeout=5):
        said = txt(name.decode("ascii", "replace").strip("."))
        return said.encode("ascii", "replace") if said else None

    if len(raw) > LARGEST:
        return False
    domain = domain_of(author)
    for index, signed_for in enumerate(_signatures(raw)[:MOST_SIGNATURES]):
        if not aligned(domain, signed_for):
            continue
        try:
            verifier = dkim.DKIM(raw, logger=None, minkey=1024, timeout=5)
            if verifier.verify(idx=index, dnsfunc=key):
                return True
        except Exception:  # noqa: S112 - of whatever stands in a stranger's signature
            continue
    return False


def _signatures(raw: bytes) -> list[str]:
    """The domains that signed it, in the order in which dkimpy counts them."""
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    unfolded = re.sub(rb"\n[ \t]+", b" ", head)
    found = []
    for line in unfolded.split(b"\n"):
        name, _colon, value = line.partition(b":")
        if name.strip().lower() == b"dkim-signature":
            domain = SIGNED_FOR.search(value)
            found.append(domain[1].decode("ascii", "replace").lower() if domain else "")
    return found


def new_words(words: str) -> str:
    """What somebody wrote above the mail she answers; everything, where nothing stands above it."""
    lines = words.splitlines()
    cut = next((n for n, line in enumerate(lines) if QUOTED.match(line.strip())), len(lines))
    return "\n".join(lines[:cut]).strip() or words.strip()
