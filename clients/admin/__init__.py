from . import client, contact, correspondent, guidance, holiday, ladder, line, suppression, team, work

__all__ = [
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
