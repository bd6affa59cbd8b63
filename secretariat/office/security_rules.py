"""The security rules somebody ticks when she comes to work: the firm's, and those of the company through
which she is engaged. What she ticked stands with the shift, word for word.
"""

from dataclasses import dataclass
from datetime import datetime

from .contracts import holding
from .models import Secretary, SecurityRule


@dataclass(frozen=True)
class Rule:
    """One line of the checklist; `key` tells it among them."""

    key: str
    words: str


def asked_of(secretary: Secretary, *, at: datetime) -> list[Rule]:
    """What she is to tick before a shift that starts at `at`."""
    found = [Rule(each.pk.hex, each.words) for each in SecurityRule.objects.in_force(at)]
    held = holding.of(secretary, holding.today(secretary, at))
    if held and held.partner:
        lines = [line.strip() for line in held.partner.rules.splitlines() if line.strip()]
        found += [Rule(f"partner_{n}", line) for n, line in enumerate(lines)]
    return found
