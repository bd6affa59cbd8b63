"""The public holidays of a country and its region. Pure: a calendar of others, read in one place."""

from datetime import date


class NoSuchRegion(ValueError):
    """The country has no region of that name; `known` lists those it has."""

    def __init__(self, known: list[str]):
        super().__init__(", ".join(known))
        self.known = known


def region_code(country: str, region: str) -> str:
    """The code of a region by its code or its name, however it is capitalised: "Scotland" is "SCT".

    Raises NoSuchRegion. Empty is empty: what holds in the whole country.
    """
    if not region.strip():
        return ""
    calendar = _calendar(country)
    known = list(calendar.subdivisions) if calendar is not None else []
    names = calendar.subdivisions_aliases if calendar is not None else {}
    codes = {name.casefold(): code for name, code in names.items()} | {
        code.casefold(): code for code in known
    }
    try:
        return codes[region.strip().casefold()]
    except KeyError:
        raise NoSuchRegion(known) from None


def between(
    country: str, region: str, first: date, last: date, *, language: str = ""
) -> list[tuple[date, str]]:
    """Each public holiday from `first` to `last`, both included, with its name, in order of days.

    A country without a calendar has none. Names are in `language` where the calendar has it.
    """
    theirs = _calendar(
        country,
        subdiv=region or None,
        years=range(first.year, last.year + 1),
        language=language.replace("-", "_") or None,
    )
    if theirs is None:
        return []
    return [(on, name) for on, name in sorted(theirs.items()) if first <= on <= last]


def _calendar(country: str, **facts):
    """The library's calendar of a country (ISO 3166, two letters), or None if it has none."""
    # Here, since it takes a while to load and who answers callers never needs it.
    from holidays import country_holidays

    try:
        return country_holidays(country, **facts)
    except NotImplementedError:
        return None
