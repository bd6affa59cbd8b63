"""What may leave the product by somebody's hand. Pure: no clock, no database, no settings.

Off at first, but for what came with the mail she answers. The firm may let its secretaries; a client may
forbid it again for her own rows, and what she forbids no firm allows. Who holds a post in the firm may, and
who speaks for the client may have her own.
"""

from collections.abc import Iterable
from enum import StrEnum


class Act(StrEnum):
    DOWNLOAD = "download"  # a recording, as a file
    ATTACHMENTS = "attachments"  # what is attached to a mail, as a file
    PRINT = "print"
    EXPORT = "export"  # a list, as a file
    COPY = "copy"  # words, to be pasted elsewhere


def may(
    act: Act,
    *,
    holds_post: bool,
    serves: bool,
    speaks_for_client: bool,
    firm_allows: Iterable[Act],
    client_forbids: Iterable[Act],
) -> bool:
    """Whether somebody may do this with a row of one client, whom she can see anyway."""
    if holds_post or speaks_for_client:
        return True
    return serves and act in frozenset(firm_allows) and act not in frozenset(client_forbids)
