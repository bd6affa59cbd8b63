"""A mail's HTML as it may be shown: nothing in it runs, asks for anything, or leads anywhere unseen. Pure.

It is cleaned by a list of what is allowed, and shown in a frame of its own that may do nothing either.
Pictures that came with it are put into it; those that lie elsewhere are left out until somebody asks, because
fetching one tells its owner that the mail was opened, and when.
"""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote, urlsplit

import nh3

from . import kinds
from .reading import Attachment, Read

MOST_HTML = 500_000
MOST_PICTURES = 5 * 2**20  # bytes of the pictures that are put into it, altogether
MOST_LINKS = 300
MOST_REMOTE = 100  # pictures that are fetched for one mail
LONGEST_LINK = 2000
TAGS = frozenset(
    [
        "a",
        "abbr",
        "address",
        "article",
        "b",
        "blockquote",
        "br",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "font",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "section",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "tt",
        "u",
        "ul",
        "var",
    ]
)
ATTRIBUTES = {
    "*": {"dir", "lang", "title", "align", "valign"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "font": {"color", "size", "face"},
    "table": {"width", "border", "cellpadding", "cellspacing", "bgcolor"},
    "td": {"width", "height", "colspan", "rowspan", "bgcolor"},
    "th": {"width", "height", "colspan", "rowspan", "bgcolor", "scope"},
    "tr": {"bgcolor"},
    "ol": {"start", "type"},
    "col": {"span", "width"},
}
REMOTE = re.compile(r"https?://", re.I)
CID = re.compile(r"cid:(.+)", re.I | re.S)
PICTURE = "data:image/"
FetchedAt = Callable[[str], str]  # the address at which we hand out what lies at another one


@dataclass
class LaidOut:
    """`html` for the frame. `links`: whatever it leads to, whole. `remote`: pictures that lie elsewhere.

    `drawn`: the numbers of the files that are pictures in it.
    """

    html: str = ""
    links: list[str] = field(default_factory=list)
    remote: list[str] = field(default_factory=list)
    drawn: set[int] = field(default_factory=set)


def laid_out(mail: Read, files: list[Attachment], *, fetched_at: FetchedAt | None = None) -> LaidOut:
    """The mail's HTML, cleaned; with pictures that lie elsewhere if `fetched_at` says where we have them.

    Raises nothing.
    """
    found = LaidOut()
    pictures = _Pictures(files, found)

    def kept(tag: str, name: str, value: str) -> str | None:
        if tag == "a" and name == "href":
            return _link(value, found)
        if tag == "img" and name == "src":
            return _source(value, pictures, found, fetched_at)
        return value

    found.html = _cleaned(mail.html[:MOST_HTML], kept)
    return found


def drawn(mail: Read, files: list[Attachment]) -> set[int]:
    """The numbers of the files that are pictures in its HTML. Raises nothing."""
    if not mail.html or not any(each.cid for each in files):
        return set()
    return laid_out(mail, files).drawn


class _Pictures:
    """The pictures that came with the mail, by the ids its HTML calls them by."""

    def __init__(self, files: list[Attachment], found: LaidOut):
        self.files, self.found, self.left = files, found, MOST_PICTURES
        self.addresses: dict[int, str | None] = {}
        self.numbers: dict[str, int] = {}
        for number, each in enumerate(files):
            self.numbers.setdefault(each.cid, number)

    def named(self, cid: str) -> str | None:
        """The picture itself, as an address; None of what is none, or too much with those before it."""
        number = self.numbers.get(cid, self.numbers.get(unquote(cid))) if cid else None
        if number is None:
            return None
        if number not in self.addresses:
            self.addresses[number] = self._taken(number)
        return self.addresses[number]

    def _taken(self, number: int) -> str | None:
        content = self.files[number].content
        kind = kinds.kind_of(content, self.files[number].content_type)
        if kind not in kinds.SHOWN or len(content) > self.left:
            return None
        self.left -= len(content)
        self.found.drawn.add(number)
        return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _cleaned(html: str, kept: Callable[[str, str, str], str | None]) -> str:
    return nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags={
            "script",
            "style",
            "title",
            "head",
            "template",
            "noscript",
            "iframe",
            "svg",
            "math",
        },
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=kept,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        link_rel="noopener noreferrer nofollow",
    )


def _link(value: str, found: LaidOut) -> str | None:
    """Where it leads, if that is somewhere; it is listed in full below the mail, and leads nowhere here."""
    address = "".join(value.split())[:LONGEST_LINK]
    if not address.lower().startswith(("http://", "https://", "mailto:", "tel:")):
        return None
    if address not in found.links and len(found.links) < MOST_LINKS:
        found.links.append(address)
    return None


def _source(value: str, pictures: _Pictures, found: LaidOut, fetched_at: FetchedAt | None) -> str | None:
    value = value.strip()
    if named := CID.fullmatch(value):
        return pictures.named(named[1].strip("<> "))
    if value.startswith(PICTURE):
        return value if value.startswith(tuple(f"data:{kind};base64," for kind in kinds.SHOWN)) else None
    if not REMOTE.match(value) or len(value) > LONGEST_LINK:
        return None
    found.remote.append(value)
    return fetched_at(value) if fetched_at and len(found.remote) <= MOST_REMOTE else None


PLAIN_LINK = re.compile(r"https?://[^\s<>\"'\x00-\x1f]{4,1900}", re.I)


def links_in(text: str) -> list[str]:
    """Addresses that stand in plain words, each once."""
    found = (each.rstrip(".,;:!?)]}’”") for each in PLAIN_LINK.findall(text))
    return list(dict.fromkeys(found))[:MOST_LINKS]


def host_of(address: str) -> str:
    """Whom an address really leads to, to be read before it is followed."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def page(html: str, *, lang: str) -> str:
    """The whole document of the frame."""
    return (
        f'<!doctype html><html lang="{escape(lang)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>Mail</title>'
        f"<style>{STYLE}</style></head><body>{html}</body></html>"
    )


STYLE = (
    "html{color-scheme:light;background:#fff;color:#14181e}"
    "body{margin:12px;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}"
    "img{max-width:100%;height:auto}table{max-width:100%}"
    "blockquote{margin:0 0 0 8px;padding-left:12px;border-left:3px solid #c9cdd4}"
)
