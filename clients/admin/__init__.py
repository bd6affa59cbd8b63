from . import client, contact, correspondent, guidance, line, team, work

__all__ = ["client", "contact", "correspondent", "guidance", "line", "team", "work"]
