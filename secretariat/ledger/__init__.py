"""The ledger: who did and who saw what, in order, never altered. Ids and verbs, no personal content."""


def record(verb, **facts):
    """See `ledger.entries.record`."""
    from .entries import record as record_entry

    return record_entry(verb, **facts)


def record_all(verb, **facts):
    """See `ledger.entries.record_all`."""
    from .entries import record_all as record_entries

    return record_entries(verb, **facts)


def looked(user, client_id, subject):
    """See `ledger.entries.looked`."""
    from .entries import looked as record_look

    return record_look(user, client_id, subject)


def looked_at_all(user, subjects):
    """See `ledger.entries.looked_at_all`."""
    from .entries import looked_at_all as record_looks

    return record_looks(user, subjects)


def seal() -> int:
    """See `ledger.sealing.seal`."""
    from .sealing import seal as seal_entries

    return seal_entries()
