"""What the tokens of a letter's template stand for.

{salutation} and {closing} are the usual ones of the client's language, for whoever the letter goes to.
"""

from datetime import date

from messages_app import filling
from messages_app.models import Letterhead

from . import phrases, sheets

NAMES = ("salutation", "name", "first_name", "firm", "closing", "client", "secretary", "signer", "date")


def values(head: Letterhead, *, name: str, firm: str, secretary: str, dated_on: date) -> dict[str, str]:
    language = head.client.language
    return {
        "salutation": phrases.salutation(name, language),
        "closing": phrases.closing(name, language),
        "name": name,
        "first_name": filling.first_name(name),
        "firm": firm,
        "client": head.client.name,
        "secretary": secretary,
        "signer": head.signer or head.name,
        "date": sheets.in_full(dated_on, language),
    }
