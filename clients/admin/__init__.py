from . import (
    asking,
    bulletin,
    client,
    contact,
    correspondent,
    guidance,
    holiday,
    ladder,
    line,
    suppression,
    team,
    work,
)

__all__ = [
    "asking",
    "bulletin",
    "client",
    "contact",
    "correspondent",
    "guidance",
    "holiday",
    "ladder",
    "line",
    "suppression",
    "team",
    "work",
]
