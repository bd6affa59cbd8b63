"""What a client dials on her own telephone so that its calls come to us, and to stop it again. Pure.

Codes differ by country and by kind of line. Each set names where it was read; an operator may differ, so the
page always says to try it and ring.
"""

from dataclasses import dataclass, field

import phonenumbers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ALL, BUSY, UNANSWERED, UNREACHABLE = "all", "busy", "unanswered", "unreachable"
WHEN = {
    ALL: gettext_lazy("All calls, at once"),
    BUSY: gettext_lazy("When the line is busy"),
    UNANSWERED: gettext_lazy("When nobody answers"),
    UNREACHABLE: gettext_lazy("When the mobile is off or has no signal"),
}
MOBILE, LANDLINE = gettext_lazy("Mobile"), gettext_lazy("Landline")


@dataclass(frozen=True)
class Codes:
    """(on, off) for each case; `{n}` stands for our number as it is dialled from there."""

    line: object
    codes: dict[str, tuple[str, str]]
    source: str
    note: object = ""
    international: bool = False  # dialled as +44…, whatever the country


@dataclass(frozen=True)
class Steps:
    """One kind of line with our number filled in: (when, dial to begin, dial to stop)."""

    line: str
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    source: str = ""
    note: str = ""


GSM = {
    ALL: ("**21*{n}#", "##21#"),
    BUSY: ("**67*{n}#", "##67#"),
    UNANSWERED: ("**61*{n}#", "##61#"),
    UNREACHABLE: ("**62*{n}#", "##62#"),
}
EUROPEAN = {ALL: ("*21*{n}#", "#21#"), BUSY: ("*67*{n}#", "#67#"), UNANSWERED: ("*61*{n}#", "#61#")}
NORTH_AMERICAN = {ALL: ("*72{n}", "*73"), BUSY: ("*90{n}", "*91"), UNANSWERED: ("*92{n}", "*93")}
AUSTRALIAN = {ALL: ("*21{n}#", "#21#"), BUSY: ("*24{n}#", "#24#"), UNANSWERED: ("*61{n}#", "#61#")}

EVERY_GSM = "3GPP TS 22.030, the codes of every GSM network"
USUAL = gettext_lazy("The usual codes of European landlines. Operators differ: try it, and ring your number.")
ORDERED = gettext_lazy("The operator may have to switch call forwarding on first, and may charge for it.")


def _european(note=USUAL, source="CEPT and ETSI, most European fixed networks") -> Codes:
    return Codes(LANDLINE, EUROPEAN, source, note)


def _mobile(note="", source=EVERY_GSM) -> Codes:
    return Codes(MOBILE, GSM, source, note, international=True)


_VERIZON = gettext_lazy(
    "AT&T and T-Mobile. Verizon: *72 and the number for all calls, *71 for busy and unanswered, *73 to stop."
)
_JIO = gettext_lazy("Airtel, Vi and BSNL. Jio has codes of its own: ask there.")
_FRENCH = gettext_lazy("Some boxes use *69* in place of *67* for a busy line. Try it, and ring your number.")
_ASK = gettext_lazy("For a landline ask your operator: its codes are not the same everywhere.")

BY_COUNTRY: dict[str, tuple[Codes, ...]] = {
    "GB": (_european(ORDERED, "bt.com, All about Call Diversion"), _mobile()),
    "IE": (_european(), _mobile()),
    "DE": (_european(), _mobile()),
    "FR": (_european(_FRENCH), _mobile()),
    "ES": (_european(), _mobile()),
    "PT": (_european(), _mobile()),
    "IT": (_european(), _mobile()),
    "NL": (_european(), _mobile()),
    "US": (Codes(LANDLINE, NORTH_AMERICAN, "NANP vertical service codes", ORDERED), _mobile(_VERIZON)),
    "CA": (Codes(LANDLINE, NORTH_AMERICAN, "NANP vertical service codes", ORDERED), _mobile()),
    "AU": (Codes(LANDLINE, AUSTRALIAN, "Telstra Home Features guide", ORDERED), _mobile()),
    "NG": (_mobile(_ASK, source="9mobile, Call Forwarding; 3GPP TS 22.030"),),
    "ZA": (_mobile(_ASK),),
    "IN": (_mobile(_JIO),),
}


def steps(ours: str, *, country: str, own: str = "") -> list[Steps]:
    """What to dial so that calls come to `ours` (E.164).

    The country is that of the client's `own` number where it is known, else `country`; one without an entry
    has the mobile codes, which are the same everywhere.
    """
    region = _region(own) or country
    return [_filled(codes, ours, region) for codes in BY_COUNTRY.get(region, (_mobile(_ASK),))]


def _filled(codes: Codes, ours: str, region: str) -> Steps:
    dialled = ours if codes.international else dialled_from(ours, region)
    rows = [(str(WHEN[when]), on.format(n=dialled), off) for when, (on, off) in codes.codes.items()]
    return Steps(str(codes.line), rows, _("Source: %(where)s") % {"where": codes.source}, str(codes.note))


def dialled_from(number: str, region: str) -> str:
    """The keys that reach `number` (E.164) from a landline there: national within the country."""
    parsed = phonenumbers.parse(number)
    if phonenumbers.region_code_for_number(parsed) == region:
        written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    else:
        written = phonenumbers.format_out_of_country_calling_number(parsed, region)
    return phonenumbers.normalize_digits_only(written)


def _region(number: str) -> str:
    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number)) or ""
    except phonenumbers.NumberParseException:
        return ""
