"""The cells of contracts: the firm's pages, a secretary's own, and those of an outsourcing company."""

from .given import has_signed, nothing_is_before_her
from .matrix import SECRETARIES
from .world import ADMIN, PARTNER, SUPERVISOR, TEAM

FIRM, HERS = frozenset({SUPERVISOR, ADMIN}), frozenset({TEAM})
AGENCY = frozenset({PARTNER})
DRAFT, OFFERED, SIGNED = ("contract_draft",), ("offered",), ("contract",)
SAID = {"words": "Is the time between calls paid?"}
WRITTEN = {
    "kind": "contractor",
    "role": "Secretary",
    "duties": "Answers calls",
    "from_on": "2026-12-01",
    "currency": "GBP",
    "hour": "14.50",
    "step_seconds": "1",
    "paid_each": "month",
    "pay_within_days": "10",
    "pay_method": "bank",
    "notice_days": "28",
    "rights": "Breaks",
    "obligations": "The software",
    "confidentiality": "Nothing leaves",
    "breach": "It may end",
}


def signed(side) -> dict:
    return {"name": "Somebody", "agreed": "on", "sha256": side.offered.sha256}


def of(page, deed) -> list:
    return [
        page("contracts", FIRM),
        page("contract-write", FIRM, args=("secretary",), shows=False),
        deed("contract-write", FIRM, args=("secretary",), body=WRITTEN),
        page("contract", FIRM, args=SIGNED),
        deed("contract-offer", FIRM, args=DRAFT, before=nothing_is_before_her),
        deed("contract-withdraw", FIRM, args=OFFERED),
        deed("contract-say", FIRM, args=OFFERED, body=SAID),
        deed("contract-sign", FIRM, args=OFFERED, body=signed, before=has_signed),
        deed("contract-end", FIRM, args=SIGNED, body={"on": "2026-12-31", "because": "She moves"}),
        page("contract-pdf", FIRM, args=OFFERED, shows=False),
        page("my-contract", SECRETARIES),
        page("my-contract-one", HERS, args=SIGNED),
        deed("my-contract-accept", HERS, args=OFFERED, body=signed),
        deed("my-contract-decline", HERS, args=OFFERED),
        deed("my-contract-say", HERS, args=OFFERED, body=SAID),
        deed("my-contract-end", HERS, args=SIGNED, body={"on": "2026-12-31", "sure": "on"}),
        page("my-contract-pdf", HERS, args=OFFERED, shows=False),
        *_of_a_company(page, deed),
    ]


def _of_a_company(page, deed) -> list:
    invited = ("company_invitation",)
    return [
        page("partner-contract", AGENCY, args=OFFERED),
        deed("partner-contract-sign", AGENCY, args=OFFERED, body=signed),
        deed("partner-contract-refuse", AGENCY, args=OFFERED, body={"because": "Our rate is 16"}),
        page("partner-contract-pdf", AGENCY, args=OFFERED, shows=False),
        page("partner-people", AGENCY),
        deed("partner-people", AGENCY, body={"name": "Quirin", "email": "quirin@quay.example"}),
        deed("partner-person-out", AGENCY, args=("company_colleague",)),
        deed("partner-again", AGENCY, args=invited),
        deed("partner-take-back", AGENCY, args=invited),
    ]
