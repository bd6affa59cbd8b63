"""Finding messages by what was said in them."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q


def found(messages, words: str):
    """Those that hold all these words, or whose call-back number ends in these digits. All, for no words."""
    words = words.strip()
    if not words:
        return messages
    match = Q(words=SearchQuery(words, search_type="websearch", config="simple"))
    digits = "".join(filter(str.isdigit, words))
    if len(digits) >= 4:
        match |= Q(call_back_on__endswith=digits.lstrip("0"))
    return messages.filter(match)
