"""Nothing in the ledger can be erased, so nothing in it is personal: writing refuses what reads like it."""

from secretariat.retention.registry import impersonal

from .models import LedgerEntry, LedgerHead, LedgerSeal

impersonal(
    LedgerEntry,
    "verb subject_kind subject_id detail",
    because="ids and verbs; `record` refuses anything else",
)
impersonal(LedgerSeal, "digest", because="a hash")
impersonal(LedgerHead, "digest", because="a hash")
