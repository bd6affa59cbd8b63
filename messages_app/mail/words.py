"""The words of an HTML mail. Nothing of its markup is ever shown."""

from html.parser import HTMLParser

BREAKS = frozenset(
    ["p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "table"]
)
SILENT = frozenset(["style", "script", "head", "title", "template", "noscript"])


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
