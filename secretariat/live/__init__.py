"""Live: telling open browsers that something changed. Ids and versions, nothing personal."""


def announce(event, subject_id, version, audience):
    """See `live.announcing.announce`."""
    from .announcing import announce as write_event

    return write_event(event, subject_id, version, audience)


def last_version(event):
    """See `live.announcing.last_version`."""
    from .announcing import last_version as read_version

    return read_version(event)
