"""Letters out of bytes, whatever they are said to be in."""

import codecs
import re

# Names that mails use and Python does not know, and what was meant.
MEANT = {
    "default": "cp1252",
    "default_charset": "cp1252",
    "unknown-8bit": "utf-8",
    "x-unknown": "utf-8",
    "x-user-defined": "cp1252",
    "ansi_x3.110-1983": "cp1252",
    "cp-850": "cp850",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "windows-31j": "cp932",
    "windows-949": "cp949",
    "windows-936": "gb18030",
    "gb2312": "gb18030",  # said of mails that use letters of its successors
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift-jis": "cp932",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "unicode-1-1-utf-7": "utf-7",
    "utf8mb4": "utf-8",
    "us-ascii": "utf-8",  # and so said of anything
    "ascii": "utf-8",
    "iso-8859-1": "cp1252",  # as every browser reads it
    "latin1": "cp1252",
    "latin-1": "cp1252",
}
# Python's codecs that turn bytes into something else than what somebody typed, some in time that grows with
# the square of their length.
NO_CHARSET = frozenset(["idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"])
PLAIN = re.compile(r"[^\w.+-]", re.ASCII)


def decoded(content: bytes, charset: str | None) -> str:
    """The text in `content`: in `charset` where that is known and fits, else in UTF-8 where that fits.

    Nothing raises and nothing is left out: what fits nowhere stands as U+FFFD, in the charset that was said,
    so that one wrong byte does not turn a Japanese mail into Western letters.
    """
    said = _codec(charset)
    for name, errors in ((said, "strict"), ("utf-8", "strict"), (said, "replace")):
        if name is None or (errors == "replace" and name == "utf-8"):
            continue
        try:
            return content.decode(name, errors)
        except (UnicodeError, LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _codec(charset: str | None) -> str | None:
    """Python's name of the charset; None where it knows none."""
    said = PLAIN.sub("", (charset or "").strip().lower())[:60]
    try:
        name = codecs.lookup(MEANT.get(said, said)).name
    except (LookupError, ValueError):
        return None
    return None if name in NO_CHARSET else name
