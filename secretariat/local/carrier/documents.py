"""TwiML documents: where they come from and how their words are read."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from .delivery import Reply
from .interruptions import DocumentFailed

BAD_URL, NOT_XML, NOTHING_THERE, BAD_CONTENT_TYPE = 11100, 12100, 11770, 12300
Fields = Iterable[tuple[str, object]]


@dataclass(frozen=True)
class Source:
    """Where the next document is: an address to ask, or the words themselves.

    `fields` are sent beside the leg's own; a function is asked anew each time, so that a place in a queue
    is fresh.
    """

    url: str = ""
    method: str = "POST"
    fields: Fields | Callable[[], Fields] = ()
    twiml: str = ""

    def current_fields(self) -> list[tuple[str, object]]:
        return list(self.fields() if callable(self.fields) else self.fields)


@dataclass(frozen=True)
class Document:
    """A parsed `<Response>`; `url` is its base, empty for inline words."""

    root: ElementTree.Element
    url: str = ""
    verbs: list[ElementTree.Element] = field(default_factory=list)

    def resolve(self, address: str) -> str:
        """An absolute address. Raises DocumentFailed 11100 where there is nothing to resolve against."""
        resolved = urljoin(self.url, address.strip()) if self.url else address.strip()
        if not urlsplit(resolved).scheme:
            raise DocumentFailed(BAD_URL, address)
        return resolved

    def source(self, element, attribute="action", method_attribute="method", fields=(), default="POST"):
        """The Source an attribute names, or None where it is absent."""
        address = element.get(attribute)
        if not address:
            return None
        return Source(self.resolve(address), element.get(method_attribute, default).upper(), fields)


def parse(reply: Reply, url: str) -> Document:
    """The document in an answer. Raises DocumentFailed with the carrier's code where there is none."""
    if not reply.ok:
        raise DocumentFailed(reply.error, url)
    content_type = reply.content_type.partition(";")[0].strip().lower()
    if not reply.body.strip():
        raise DocumentFailed(NOTHING_THERE, url)
    if content_type.startswith("audio/"):
        root = ElementTree.Element("Response")
        ElementTree.SubElement(root, "Play").text = url
        return Document(root, url, list(root))
    if content_type not in ("text/xml", "application/xml"):
        raise DocumentFailed(BAD_CONTENT_TYPE, url)
    return read(reply.body, url)


def read(words: str | bytes, url: str = "") -> Document:
    try:
        root = ElementTree.fromstring(words)
    except ElementTree.ParseError:
        raise DocumentFailed(NOT_XML, url) from None
    return Document(root, url, list(root))


def truth(element, attribute: str, default: bool = False) -> bool:
    value = element.get(attribute)
    return default if value is None else value.strip().lower() == "true"


def number(element, attribute: str, default: float) -> float:
    try:
        return float(element.get(attribute, default))
    except ValueError:
        return default


def words(element) -> str:
    """The text of an element, SSML children included, white space folded."""
    return " ".join("".join(element.itertext()).split())
