"""What the parts of a mail say, put together; and the words of HTML. Nothing of its markup is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

BREAKS = frozenset(
    ["p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "table"]
)
SILENT = frozenset(["style", "script", "head", "title", "template", "noscript"])


@dataclass(frozen=True)
class Said:
    """What a part of a mail says: its words, and as HTML where it says it so, too."""

    words: str = ""
    html: str = ""

    @property
    def as_html(self) -> str:
        lines = escape(self.words.strip("\r\n")).splitlines()
        return self.html.strip("\r\n") or (f"<p>{'<br>'.join(lines)}</p>" if lines else "")


def in_html(html: str) -> Said:
    return Said(words_of_html(html), html) if html.strip() else Said()


def in_turn(parts: Sequence[Said]) -> Said:
    """Parts that follow each other: the body, a footer that a list or a mail server put below it."""
    return Said(
        "\n\n".join(each.words.strip("\r\n") for each in parts if each.words.strip()),
        "\n".join(filter(None, (each.as_html for each in parts))) if any(each.html for each in parts) else "",
    )


def in_other_words(ways: Sequence[Said]) -> Said:
    """Several ways to say the same: words for reading from the plain one, unless there is nothing in it."""
    plain = in_turn([each for each in ways if not each.html])
    rich = in_turn([each for each in ways if each.html])
    return Said(plain.words or rich.words, rich.html)


def words_of_html(html: str) -> str:
    """What a person reads in it, a line for each of its blocks. Raises nothing."""
    words = _Words(convert_charrefs=True)
    try:
        words.feed(html)
        words.close()
    except (AssertionError, ValueError):  # of a declaration that is none; what came before it stands
        pass
    lines = (" ".join(line.split()) for line in "".join(words.pieces).splitlines())
    return "\n".join(line for line in lines if line)


class _Words(HTMLParser):
    def __init__(self, **how):
        super().__init__(**how)
        self.pieces: list[str] = []
        self.silent = ""  # the element whose words are not for reading

    def handle_starttag(self, tag, attrs):
        if tag in SILENT and not self.silent:
            self.silent = tag
        if tag in BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag):
        if tag == self.silent:
            self.silent = ""
        if tag in BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data):
        if not self.silent:
            self.pieces.append(data)
