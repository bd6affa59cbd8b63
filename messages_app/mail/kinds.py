"""What a file is, by what is in it and not by what it is called. Pure."""

import re

from django.utils.translation import gettext as _

# The beginnings by which files are known: where they stand, what they are, what it is in words.
BEGINNINGS = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"MZ", "application/x-dosexec"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"\xca\xfe\xba\xbe", "application/x-executable"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-executable"),
    (0, b"#!", "text/x-script"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
    (4, b"ftyp", "video/mp4"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (8, b"WAVE", "audio/wav"),
    (0, b"BEGIN:VCALENDAR", "text/calendar"),
    (0, b"BEGIN:VCARD", "text/vcard"),
    (0, b"\x78\x9f\x3e\x22", "application/ms-tnef"),
)
OFFICE = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
UNKNOWN = "application/octet-stream"
SHOWN = frozenset(["image/png", "image/jpeg", "image/gif", "image/webp"])  # that a browser only draws
PDF = "application/pdf"
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")  # which no letters of any charset hold
READ_AS_TEXT = frozenset(["text/plain", "text/calendar", "text/vcard"])  # shown as the letters that they are
RUNS = frozenset(["application/x-dosexec", "application/x-executable", "text/x-script"])
RUNNING_NAMES = frozenset(
    [
        "exe",
        "com",
        "scr",
        "pif",
        "bat",
        "cmd",
        "ps1",
        "vbs",
        "vbe",
        "js",
        "jse",
        "wsf",
        "wsh",
        "hta",
        "msi",
        "jar",
        "lnk",
        "reg",
        "cpl",
        "dll",
        "app",
        "dmg",
        "iso",
        "img",
    ]
)
MAIL = "message/rfc822"
PAGE = "text/html"
NAMES_OF_PAGES = frozenset(["htm", "html", "xhtml", "mht", "mhtml", "svg"])


def kind_of(content: bytes, said: str = "") -> str:
    """The content type of these bytes. What the mail `said` counts for nothing but a mail within it."""
    for place, beginning, kind in BEGINNINGS:
        if content[place : place + len(beginning)] == beginning:
            return _in_zip(content) if kind == "application/zip" else kind
    if said == MAIL:
        return MAIL
    start = content[:2000].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml")):
        return PAGE
    if b"\0" not in content[:4000]:
        try:
            content[:4000].decode("utf-8")
        except UnicodeDecodeError as fault:
            is_cut = fault.start > len(content[:4000]) - 4
            return "text/plain" if is_cut or not CONTROLS.search(content[:4000]) else UNKNOWN
        return "text/plain"
    return UNKNOWN


def _in_zip(content: bytes) -> str:
    return next((kind for folder, kind in OFFICE if folder in content[:100_000]), "application/zip")


def could_run(name: str, kind: str) -> bool:
    """Whether opening it might start something."""
    return kind in RUNS or name.rpartition(".")[2].lower() in RUNNING_NAMES


def opens_as_page(name: str, kind: str) -> bool:
    """Whether a browser that opens the file makes a web page of it, which may ask for a password."""
    return kind == PAGE or name.rpartition(".")[2].lower() in NAMES_OF_PAGES


def can_be_looked_at(kind: str) -> bool:
    """Whether it is shown here, and need not be kept to be read."""
    return kind in SHOWN or kind in READ_AS_TEXT or kind in (PDF, MAIL)


def in_words(kind: str) -> str:
    words = {
        "application/pdf": _("PDF"),
        "application/zip": _("archive"),
        "application/vnd.rar": _("archive"),
        "application/x-7z-compressed": _("archive"),
        "application/gzip": _("archive"),
        "application/x-dosexec": _("program"),
        "application/x-executable": _("program"),
        "text/x-script": _("program"),
        "application/x-ole-storage": _("Office document of the old kind"),
        "application/rtf": _("document"),
        PAGE: _("web page"),
        "text/calendar": _("calendar entry"),
        "text/vcard": _("address card"),
        MAIL: _("mail"),
        OFFICE[0][1]: _("document"),
        OFFICE[1][1]: _("spreadsheet"),
        OFFICE[2][1]: _("presentation"),
        "text/plain": _("text"),
    }
    if kind in words:
        return words[kind]
    family = kind.partition("/")[0]
    return {"image": _("picture"), "audio": _("sound"), "video": _("film")}.get(family, _("file"))
