from . import (
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
