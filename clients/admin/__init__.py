from . import client, contact, correspondent, guidance, holiday, line, team, work

__all__ = ["client", "contact", "correspondent", "guidance", "holiday", "line", "team", "work"]
