"""Whether a domain's records let us write in its name, and which of them is missing. Pure.

What deciding is left to: a mail signed (DKIM) for the domain itself is aligned. SPF alone does not make it
so, for the provider's own domain stands on the envelope; and without DMARC many servers trust neither.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import dkim

FEWEST_BITS = 1024
MOST_LOOKUPS = 10  # RFC 7208 §4.6.4
COSTS_A_LOOKUP = re.compile(r"^[+?~-]?(?:include:|a(?:$|[:/])|mx(?:$|[:/])|ptr|exists:)|^redirect=", re.I)


class State(StrEnum):
    THERE = "there"
    MISSING = "missing"
    WRONG = "wrong"
    SILENT = "silent"  # no name server answered: nothing is concluded from it


@dataclass(frozen=True)
class Records:
    """The TXT records that were found. None: no name server answered; empty: there is none.

    `dkim` by selector. `dmarc` is what stands for the domain, be it with the domain above it.
    """

    spf: Sequence[str] | None = ()
    dkim: Mapping[str, Sequence[str] | None] = field(default_factory=dict)
    dmarc: Sequence[str] | None = ()


@dataclass(frozen=True)
class Finding:
    """One record (`spf`, `dkim`, `dmarc`) under its name: how it is, why (a code), and what to put there."""

    record: str
    name: str
    state: State
    because: str = ""
    wanted: str = ""

    @property
    def stops(self) -> bool:
        """Whether it is surely no longer so that we may write in the domain's name."""
        return self.record == "dkim" and self.state in (State.MISSING, State.WRONG)


def judge(domain: str, records: Records, *, selectors: Sequence[str], include: str = "") -> list[Finding]:
    """What is found of the three records. `include` is what the provider wants named in SPF, if it does."""
    found = [_dkim(domain, selector, records.dkim.get(selector, ())) for selector in selectors]
    if not selectors:
        found = [Finding("dkim", f"…._domainkey.{domain}", State.MISSING, "no_selector")]
    return [*found, _spf(domain, records.spf, include), _dmarc(domain, records.dmarc)]


def stands(findings: Sequence[Finding]) -> bool | None:
    """Whether mail in the domain's name is believed; None where the name servers did not say."""
    keys = [each for each in findings if each.record == "dkim"]
    if any(each.state == State.THERE for each in keys):
        return True
    return None if any(each.state == State.SILENT for each in keys) else False


def _dkim(domain: str, selector: str, texts: Sequence[str] | None) -> Finding:
    name = f"{selector}._domainkey.{domain}"
    if texts is None:
        return Finding("dkim", name, State.SILENT)
    keys = [text for text in texts if _tags(text).keys() & {"p", "k"}]
    if not keys:
        return Finding("dkim", name, State.MISSING, "no_key")
    if not _tags(keys[0]).get("p"):
        return Finding("dkim", name, State.WRONG, "revoked")
    try:
        _key, bits, kind, _hashes = dkim.load_pk_from_dns(
            f"{name}.".encode(), lambda _name, timeout=0: keys[0].encode("ascii", "replace")
        )
    except (dkim.DKIMException, dkim.UnparsableKeyError, ValueError, KeyError, IndexError, TypeError):
        return Finding("dkim", name, State.WRONG, "no_key_can_be_read")
    if kind == b"rsa" and bits < FEWEST_BITS:
        return Finding("dkim", name, State.WRONG, "too_short")
    return Finding("dkim", name, State.THERE)


def _spf(domain: str, texts: Sequence[str] | None, include: str) -> Finding:
    if texts is None:
        return Finding("spf", domain, State.SILENT)
    wanted = f"v=spf1 include:{include} ~all" if include else "v=spf1 … ~all"
    rules = [text.strip() for text in texts if re.match(r"v=spf1(?:\s|$)", text.strip(), re.I)]
    if not rules:
        return Finding("spf", domain, State.MISSING, "none", wanted)
    if len(rules) > 1:
        return Finding("spf", domain, State.WRONG, "two", wanted)
    terms = rules[0].lower().split()[1:]
    if any(term in ("all", "+all") for term in terms):
        return Finding("spf", domain, State.WRONG, "everybody", wanted)
    if sum(bool(COSTS_A_LOOKUP.match(term)) for term in terms) > MOST_LOOKUPS:
        return Finding("spf", domain, State.WRONG, "too_many", wanted)
    if include and f"include:{include.lower()}" not in [term.lstrip("+") for term in terms]:
        return Finding("spf", domain, State.WRONG, "not_named", f"include:{include}")
    return Finding("spf", domain, State.THERE)


def _dmarc(domain: str, texts: Sequence[str] | None) -> Finding:
    name = f"_dmarc.{domain}"
    wanted = "v=DMARC1; p=none"
    if texts is None:
        return Finding("dmarc", name, State.SILENT)
    rules = [text for text in texts if re.match(r"v\s*=\s*DMARC1\s*(?:;|$)", text.strip())]
    if not rules:
        return Finding("dmarc", name, State.MISSING, "none", wanted)
    if len(rules) > 1:
        return Finding("dmarc", name, State.WRONG, "two", wanted)
    if _tags(rules[0]).get("p", "").lower() not in ("none", "quarantine", "reject"):
        return Finding("dmarc", name, State.WRONG, "no_policy", wanted)
    return Finding("dmarc", name, State.THERE)


def _tags(text: str) -> dict[str, str]:
    """`v=DKIM1; p=…` as pairs; what is no pair is left out."""
    parts = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, sep, value in parts if sep}
