"""Where a page of the diary is shown: at the desk or in the portal, each with addresses of its own."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Frame:
    """`base` is the template around it; `prefix` begins the names of its addresses."""

    base: str
    prefix: str
    home: str
    in_portal: bool = False

    def context(self) -> dict:
        names = ("meeting", "move", "cancel", "change", "guests", "guest-off", "again", "repeat", "series")
        to = {name.replace("-", "_"): f"{self.prefix}{name}" for name in (*names, "several", "block")}
        return {"base": self.base, "to": to | {"home": self.home}, "in_portal": self.in_portal}

    def name(self, of: str) -> str:
        return f"{self.prefix}{of}"


DESK = Frame("ui/desk.html", "diary-", "diary")
PORTAL = Frame("ui/portal.html", "diary-portal-", "diary-portal", in_portal=True)
