"""What somebody is typing into a letter before it can be saved: as it stands on her screen. Pure."""

from collections.abc import Collection, Mapping

from secretariat.card_numbers import redact

MOST_CHARACTERS = 50_000  # of one field


def clean(words: Mapping[str, str], names: Collection[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Those of these names as they may be written down, and which had to be changed for it."""
    kept, redacted = {}, {}
    for name in names:
        if not isinstance(words.get(name), str):
            continue
        kept[name], found = redact(words[name][:MOST_CHARACTERS].replace("\r\n", "\n"))
        if found:
            redacted[name] = kept[name]
    return kept, redacted
