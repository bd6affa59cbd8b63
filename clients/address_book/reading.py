"""An address book as a file: a table (CSV, as spreadsheets write it) or cards (vCard). Pure.

What cannot be read is an entry with a doubt, or a refusal by its code: no file raises anything else.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from io import StringIO
from quopri import decodestring

from .entries import Entry, entry

LARGEST = 5_000_000  # bytes
MOST = 5_000  # entries
# Captions of columns as programs write them, in small letters. A group tells apart one address from another.
COLUMNS = (
    ("given", r"given name|first ?name|forename|vorname|prénom|nombre"),
    ("middle", r"additional name|middle ?name"),
    ("family", r"family name|last ?name|surname|nachname|familienname|apellidos?"),
    ("title", r"title|honorific prefix|name prefix|anrede|titel"),
    ("suffix", r"suffix|name suffix|honorific suffix"),
    ("name", r"(?:full |display |contact )?name|nom|anzeigename"),
    ("firm", r"organi[sz]ation(?: 1 -)?(?: ?name)?|company(?: ?name)?|firma?|société|empresa"),
    (
        "mail",
        r"(?:e-?)?mail(?: ?\d)?(?: address(?: \d)?| - value|-adresse)?|(?:primary|other) e-?mail",
    ),
    (
        "phone",
        r"(?:(?:business|home|mobile|primary|company main|car|other|work) )?"
        r"(?:phone|telephone|mobile|cell|tel)(?: ?number)?(?: \d)?(?: - value)?"
        r"|telefon(?:nummer)?|handy|mobil|téléphone|teléfono",
    ),
    ("street", r"(?P<g>.*?)[ -]*(?:street(?: address)?|stra(?:ß|ss)e|rue|calle|address(?: line)? ?1?)"),
    ("street2", r"(?P<g>.*?)[ -]*(?:street 2|address(?: line)? ?2|extended address|adresszusatz)"),
    ("street3", r"(?P<g>.*?)[ -]*(?:street 3|address(?: line)? ?3)"),
    ("box", r"(?P<g>.*?)[ -]*(?:p\.?o\.? ?box|postfach)"),
    ("city", r"(?P<g>.*?)[ -]*(?:city|town|post ?town|ort|stadt|ville|ciudad|locality)"),
    ("postcode", r"(?P<g>.*?)[ -]*(?:post(?:al)? ?code|zip(?: ?code)?|plz|code postal|código postal)"),
    ("country", r"(?P<g>.*?)[ -]*(?:country(?:/region)?|land|pays|país)"),
    ("region", r"(?P<g>.*?)[ -]*(?:region|state|county|province|bundesland|state/province)"),
)
MEANINGS = [(meaning, re.compile(pattern)) for meaning, pattern in COLUMNS]
POSTAL = {"street", "street2", "street3", "box", "city", "postcode", "region", "country"}
NO_PLACES = {"web", "website", "ip", "im"}  # "web address" is no street
GROUPS = ("", "business", "work", "postal", "mailing", "address 1", "home")  # which one of several is taken


# What a person may say of a column whose caption is not known here.
SAYABLE = (
    *("name", "given", "family", "firm", "mail", "phone"),
    *("street", "city", "postcode", "region", "country"),
)
MOST_COLUMNS = 60  # of which somebody is asked


class Unreadable(Exception):
    """Nothing of this file can be read. `code`: too_large, empty, too_many, no_columns, no_names.

    `captions` are those of a table's columns, where a person could say what stands in them.
    """

    def __init__(self, code: str, detail: str = "", captions: tuple[str, ...] = ()):
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail
        self.captions = captions


def read(content: bytes, *, home: str, meant: Mapping[str, str] | None = None) -> tuple[str, list[Entry]]:
    """`csv` or `vcard`, and the entries. `home` is the client's country. Raises Unreadable.

    `meant` says of captions (as they stand in the file) what is in their column: one of SAYABLE.
    """
    if len(content) > LARGEST:
        raise Unreadable("too_large")
    words = _decoded(content)
    if not words.strip():
        raise Unreadable("empty")
    is_cards = re.match(r"\s*BEGIN:VCARD", words, re.IGNORECASE) is not None
    found = _cards(words, home) if is_cards else _table(words, home, meant or {})
    if not found:
        raise Unreadable("empty")
    return ("vcard" if is_cards else "csv"), found


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace").replace("\0", "")
    try:
        return content.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace").replace("\0", "")


# --- Tables


def _table(words: str, home: str, meant: Mapping[str, str]) -> list[Entry]:
    first = words.lstrip().splitlines()[0]
    between = max(",;\t|", key=first.count)
    rows = csv.reader(StringIO(words.lstrip(), newline=""), delimiter=between)
    try:
        captions = next(rows, [])
        meanings = [_said(caption, meant) or _meaning(caption) for caption in captions]
        told = tuple(captions[:MOST_COLUMNS])
        if not any(meanings):
            raise Unreadable("no_columns", ", ".join(captions)[:200], told)
        if not any(meaning and meaning[0] in ("name", "given", "family", "firm") for meaning in meanings):
            raise Unreadable("no_names", ", ".join(captions)[:200], told)
        return _counted(_row(place, row, meanings, home) for place, row in enumerate(rows, 1))
    except csv.Error as wrong:
        raise Unreadable("no_columns", str(wrong)) from wrong


def _counted(found) -> list[Entry]:
    kept = []
    for each in found:
        if each.is_empty and not each.doubts:
            continue
        if len(kept) == MOST:
            raise Unreadable("too_many")
        kept.append(each)
    return kept


def _meaning(caption: str) -> tuple[str, str] | None:
    plain = " ".join(caption.strip().strip("\ufeff").replace("_", " ").lower().split())
    for meaning, pattern in MEANINGS:
        if found := pattern.fullmatch(plain):
            group = (found.groupdict().get("g") or "").strip(" -")
            return None if group in NO_PLACES else (meaning, group if meaning in POSTAL else "")
    return None


def _said(caption: str, meant: Mapping[str, str]) -> tuple[str, str] | None:
    meaning = meant.get(caption, "")
    return (meaning, "") if meaning in SAYABLE else None


def _row(place: int, row: list[str], meanings, home: str) -> Entry:
    said: dict[str, str] = {}
    postal: dict[str, dict[str, str]] = defaultdict(dict)
    phones, mails = [], []
    for value, meaning in zip(row, meanings, strict=False):
        if meaning is None or not value.strip():
            continue
        what, group = meaning
        if what in POSTAL:
            postal[group].setdefault(what, value.strip())
        elif what == "phone":
            phones.append(value)
        elif what == "mail":
            mails.append(value)
        else:
            said.setdefault(what, value.strip())
    named = {"name": said.get("name") or _named(said), "firm": said.get("firm", "")}
    return entry(place, named | _placed(_chosen(postal)), phones, mails, home=home)


def _named(said: dict[str, str]) -> str:
    parts = (said.get(each, "") for each in ("title", "given", "middle", "family", "suffix"))
    return " ".join(filter(None, parts))


def _chosen(postal: dict[str, dict[str, str]]) -> dict[str, str]:
    """The first address with street and town, a firm's before a home's; else whatever there is."""

    def rank(group: str):
        whole = "street" in postal[group] and "city" in postal[group]
        return (not whole, GROUPS.index(group) if group in GROUPS else len(GROUPS), group)

    return postal[min(postal, key=rank)] if postal else {}


def _placed(place: dict[str, str]) -> dict[str, str]:
    street = [place.get(each, "") for each in ("street", "street2", "street3")]
    if box := place.get("box", ""):
        street.append(box if re.search(r"[a-zA-Z]", box) else f"PO Box {box}")
    return {
        "street": "\n".join(filter(None, street)),
        **{name: place.get(name, "") for name in ("city", "postcode", "region", "country")},
    }


# --- Cards


def _cards(words: str, home: str) -> list[Entry]:
    def found():
        place, lines, depth = 0, [], 0
        for line in _unfolded(words):
            mark = line.strip().upper()
            if mark == "BEGIN:VCARD":
                if depth == 0:
                    place, lines = place + 1, []
                depth += 1
            elif mark == "END:VCARD":
                depth = max(0, depth - 1)
                if depth == 0 and lines:
                    yield _card(place, lines, home)
                    lines = []
            elif depth == 1:  # what stands deeper is the card of somebody else
                lines.append(line)
        if lines:  # its end is missing
            yield _card(place, lines, home)

    return _counted(found())


def _unfolded(words: str) -> list[str]:
    """Lines before they were folded: by a blank (RFC 6350), or by `=` where quoted (vCard 2.1)."""
    found: list[str] = []
    goes_on = False
    for line in re.split(r"\r\n|\n|\r", words):
        if goes_on:
            found[-1] = found[-1][:-1] + line
        elif line[:1] in (" ", "\t") and found:
            found[-1] += line[1:]
        else:
            found.append(line)
        head = found[-1].partition(":")[0].upper()
        goes_on = "QUOTED-PRINTABLE" in head and found[-1].endswith("=")
    return found


def _card(place: int, lines: list[str], home: str) -> Entry:
    said: dict[str, str] = {}
    phones, mails, places = [], [], []
    for line in lines:
        what, labels, value = _property(line)
        parts = _parts(value)
        if what == "FN":
            said.setdefault("name", _plain(value))
        elif what == "N" and "N" not in said:
            family, given, middle, title, suffix = (parts + [""] * 5)[:5]
            said["N"] = " ".join(filter(None, (title, given, middle, family, suffix)))
        elif what == "ORG":
            said.setdefault("firm", parts[0] if parts else "")
        elif what == "TEL":
            phones.append(_plain(value))
        elif what == "EMAIL":
            mails.append(_plain(value))
        elif what == "ADR":
            places.append((labels, (parts + [""] * 7)[:7]))
    named = {"name": said.get("name") or said.get("N", ""), "firm": said.get("firm", "")}
    if named["name"] == named["firm"]:  # a firm's own card
        named["name"] = ""
    return entry(place, named | _of_card(places), phones, mails, home=home)


def _property(line: str) -> tuple[str, str, str]:
    """Its name, its parameters in capitals, and its value, decoded."""
    head, _colon, value = _at_colon(line)
    name, _semi, parameters = head.partition(";")
    name, labels = name.rpartition(".")[2].strip().upper(), parameters.upper()
    if "QUOTED-PRINTABLE" in labels:
        charset = re.search(r"CHARSET=\"?([\w-]+)", labels)
        raw = decodestring(value.encode("utf-8", errors="replace"))
        try:
            value = raw.decode(charset[1] if charset else "utf-8", errors="replace")
        except LookupError:
            value = raw.decode("utf-8", errors="replace")
        # A comma or line quoted this way is no mark of the format.
        value = value.replace("\r\n", "\n").replace("\n", "\\n")
    return name, labels, value


def _at_colon(line: str) -> tuple[str, str, str]:
    """At the first colon that does not stand within quotation marks."""
    quoted = False
    for place, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _parts(value: str) -> list[str]:
    return [_plain(each) for each in re.split(r"(?<!\\);", value)]


def _plain(value: str) -> str:
    def meant(found):
        return "\n" if found[1] in "nN" else found[1]

    return re.sub(r"\\(.)", meant, value).strip()


def _of_card(places: list[tuple[str, list[str]]]) -> dict[str, str]:
    if not places:
        return {}

    def rank(each):
        labels, parts = each
        return (not (parts[2] and parts[3]), "PREF" not in labels, "WORK" not in labels)

    box, extended, street, city, region, postcode, country = min(places, key=rank)[1]
    place = {"street": street, "street2": extended, "box": box, "city": city}
    return _placed(place | {"region": region, "postcode": postcode, "country": country})
