"""What Outlook packs, put together byte by byte as its format says (MS-OXTNEF)."""

import struct

SIGNATURE, KEY = 0x223E9F78, 0x0001
MESSAGE, ATTACHMENT = 1, 2
VERSION, CODEPAGE, CLASS = 0x00089006, 0x00069007, 0x00078008
REND_DATA, TITLE, DATA, MODIFIED, PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00038013, 0x00069005
LONG_FILENAME, STRING8 = 0x3707, 0x001E


def pack(*files: tuple[str, bytes | None], long_names: bool = True) -> bytes:
    """A winmail.dat with these files, each a name and its content; None: it is told of, and is not there."""
    made = struct.pack("<IH", SIGNATURE, KEY)
    made += _attribute(MESSAGE, VERSION, struct.pack("<I", 0x00010000))
    made += _attribute(MESSAGE, CODEPAGE, struct.pack("<II", 1252, 0))
    made += _attribute(MESSAGE, CLASS, b"IPM.Microsoft Mail.Note\0")
    for name, content in files:
        made += _attribute(ATTACHMENT, REND_DATA, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 32, 32, 0))
        made += _attribute(ATTACHMENT, MODIFIED, struct.pack("<7H", 2026, 11, 24, 10, 30, 0, 2))
        made += _attribute(ATTACHMENT, TITLE, _short(name) if long_names else name.encode("cp1252") + b"\0")
        if content is not None:
            made += _attribute(ATTACHMENT, DATA, content)
        if long_names:
            made += _attribute(ATTACHMENT, PROPERTIES, struct.pack("<I", 1) + _named(name))
    return made


def _attribute(level: int, which: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, which, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def _short(name: str) -> bytes:
    """As old programs were told it: eight letters and three."""
    stem, _dot, ending = name.rpartition(".")
    return f"{stem[:6].upper()}~1.{ending[:3].upper()}".encode("ascii", "replace") + b"\0"


def _named(name: str) -> bytes:
    said = name.encode("cp1252") + b"\0"
    return struct.pack("<HHII", STRING8, LONG_FILENAME, 1, len(said)) + said + b"\0" * (-len(said) % 4)
