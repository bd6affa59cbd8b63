"""By which name people here are known to clients and to those who deal with them."""


def to_clients(person) -> str:
    """A secretary by the name she says on the telephone; anybody else by her own. Empty for nobody."""
    if person is None:
        return ""
    secretary = getattr(person, "secretary", None)
    return secretary.spoken_name if secretary else person.name
