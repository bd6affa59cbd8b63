"""Finding messages by what was said in them."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q
from django.db.models.functions import Reverse


def found(messages, words: str):
    """Those that hold all these words, or whose call-back number ends in these digits. All, for no words."""
    words = words.strip()
    if not words:
        return messages
    match = Q(words=SearchQuery(words, search_type="websearch", config="simple"))
    digits = "".join(filter(str.isdigit, words))
    if len(digits) >= 4:
        # Read from its end, so that an index finds it.
        messages = messages.alias(backwards=Reverse("call_back_on"))
        match |= Q(backwards__startswith=digits.lstrip("0")[::-1])
    return messages.filter(match)
