"""Where the mail of well-known providers is read and handed in, by the domain of an address. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Preset:
    """`note`: what its customers need: an `app_password`, or `oauth` where no password will do."""

    name: str
    imap: tuple[str, int, str]
    smtp: tuple[str, int, str]
    note: str = ""


GMAIL = Preset("Gmail", ("imap.gmail.com", 993, "tls"), ("smtp.gmail.com", 465, "tls"), "app_password")
MICROSOFT = Preset(
    "Microsoft", ("outlook.office365.com", 993, "tls"), ("smtp.office365.com", 587, "starttls"), "oauth"
)
ICLOUD = Preset(
    "iCloud", ("imap.mail.me.com", 993, "tls"), ("smtp.mail.me.com", 587, "starttls"), "app_password"
)
FASTMAIL = Preset(
    "Fastmail", ("imap.fastmail.com", 993, "tls"), ("smtp.fastmail.com", 465, "tls"), "app_password"
)
YAHOO = Preset(
    "Yahoo", ("imap.mail.yahoo.com", 993, "tls"), ("smtp.mail.yahoo.com", 465, "tls"), "app_password"
)
BY_DOMAIN = {
    **dict.fromkeys(["gmail.com", "googlemail.com"], GMAIL),
    **dict.fromkeys(["outlook.com", "hotmail.com", "hotmail.co.uk", "live.com", "msn.com"], MICROSOFT),
    **dict.fromkeys(["icloud.com", "me.com", "mac.com"], ICLOUD),
    **dict.fromkeys(["fastmail.com", "fastmail.fm"], FASTMAIL),
    **dict.fromkeys(["yahoo.com", "yahoo.co.uk", "ymail.com"], YAHOO),
    "gmx.net": Preset("GMX", ("imap.gmx.net", 993, "tls"), ("mail.gmx.net", 465, "tls")),
    "gmx.de": Preset("GMX", ("imap.gmx.net", 993, "tls"), ("mail.gmx.net", 465, "tls")),
    "web.de": Preset("WEB.DE", ("imap.web.de", 993, "tls"), ("smtp.web.de", 587, "starttls")),
    "posteo.de": Preset("Posteo", ("posteo.de", 993, "tls"), ("posteo.de", 465, "tls")),
    "mailbox.org": Preset("mailbox.org", ("imap.mailbox.org", 993, "tls"), ("smtp.mailbox.org", 465, "tls")),
    "zoho.com": Preset("Zoho", ("imap.zoho.com", 993, "tls"), ("smtp.zoho.com", 465, "tls")),
}
HOSTED = {"gmail": GMAIL, "microsoft": MICROSOFT, "icloud": ICLOUD, "fastmail": FASTMAIL, "yahoo": YAHOO}


def preset_for(address: str, provider: str = "") -> Preset:
    """Of a domain nobody knows, the names that most servers have; `provider` is one she named herself."""
    if provider in HOSTED:
        return HOSTED[provider]
    domain = address.rpartition("@")[2].lower()
    usual = Preset(domain, (f"imap.{domain}", 993, "tls"), (f"smtp.{domain}", 465, "tls"))
    return BY_DOMAIN.get(domain, usual)
