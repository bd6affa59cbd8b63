"""Says what is in the demo: for `demo.json`, and for the world outside."""

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from calls.models import DictationLine
from clients.models import Contact, ContactAddress, Line
from secretariat import clock
from secretariat.local import entering
from secretariat.office.models import Firm, PartnerPerson, Post, Secretary, User
from secretariat.overview import connecting

from . import mails
from .people import PASSWORD

CALLERS = (
    ("Dana Reyes", "+447700900123"),
    ("Harlow & Sons", "+442079460140"),
    ("Tom Whitaker", "+447700900144"),
    ("Amina Yusuf", "+447700900151"),
)
MAILBOXES = (("Harlow & Sons", "clerk@harlow.example"), ("Dana Reyes", "dana@reyes.example"))


def everything() -> dict:
    return {
        "accounts": accounts(),
        "lines": lines(),
        "mailboxes": mails.listed(),
        "outside": outside(),
    }


def accounts() -> list[dict]:
    posts = dict(Post.objects.current().values_list("user_id", "post"))
    posts |= dict.fromkeys(PartnerPerson.objects.current().values_list("user_id", flat=True), "partner")
    secretaries = set(Secretary.objects.values_list("user_id", flat=True))

    def role(user: User) -> str:
        return "secretary" if user.pk in secretaries else posts.get(user.pk, "contact")

    return [
        {"email": user.email, "password": PASSWORD, "role": role(user)}
        for user in User.objects.filter(is_active=True).order_by("created_at", "pk")
    ]


def lines() -> list[dict]:
    return [
        {"client": line.client.name, "number": line.number} for line in Line.objects.select_related("client")
    ]


def outside() -> dict:
    """What the process outside is told; its `configuration.py` says what each name means."""
    return {
        "app_url": settings.PUBLIC_BASE_URL,
        "twilio": {
            "account_sid": settings.TWILIO_ACCOUNT_SID,
            "auth_token": settings.TWILIO_AUTH_TOKEN,
            "api_key_sid": settings.TWILIO_API_KEY,
            "api_key_secret": settings.TWILIO_API_SECRET,
        },
        "clock": {"mode": "real", "shift_seconds": clock.shift().total_seconds()},
        "zone": Firm.current().zone,
        "mail": {
            "url": "/anymail/postmark/inbound/",
            "secret": next(iter(settings.ANYMAIL["WEBHOOK_SECRET"]), ""),
            "answered": [each["address"] for each in mails.listed()],
        },
        "post": {
            "api_key": settings.LOB_API_KEY,
            "webhook_url": reverse("letters-lob-events"),
            "webhook_secret": settings.LOB_WEBHOOK_SECRET,
        },
        "numbers": numbers(),
        "people": people(),
    }


def numbers() -> list[dict]:
    """As a firm points them at this site: what is asked when, and how often the carrier tries again."""
    addresses = {
        name: address.removeprefix(settings.PUBLIC_BASE_URL) for name, address in connecting.wanted().items()
    }
    addresses["fallback_url"] = addresses.pop("voice_fallback_url")
    answered = [
        {
            "number": line.number,
            "client": line.client.name,
            "country": line.client.country,
            "forwarded_from": line.forwarded_from,
            **addresses,
        }
        for line in Line.objects.select_related("client")
    ]
    answered += [
        {"number": line.number, "client": line.label or "Dictation line", "country": "GB", **addresses}
        for line in DictationLine.objects.filter(is_active=True)
    ]
    texted = {
        "number": settings.TWILIO_TEXT_FROM,
        "country": "GB",
        "sms_url": addresses["sms_url"],
    }
    return [*answered, texted]


def people() -> list[dict]:
    strangers = [{"part": "caller", "name": name, "number": number} for name, number in CALLERS]
    mailboxes = [{"part": "mailbox", "name": name, "email": email} for name, email in MAILBOXES]
    return [*strangers, *_secretaries(), *_contacts(), *mailboxes]


def _secretaries():
    for secretary in Secretary.objects.select_related("user").order_by("user__created_at"):
        yield {
            "part": "secretary",
            "name": secretary.user.name,
            "number": secretary.home_number,
            "enter_url": entering.link_for(secretary.user.email),
        }


def _contacts():
    known_first = F("user__created_at").asc(nulls_last=True)  # the outside pages show the first at first
    people = Contact.objects.select_related("client", "user").order_by(known_first, "pk")
    for contact in people.prefetch_related("addresses"):
        addresses = {address.kind: address.value for address in contact.addresses.all()}
        yield {
            "part": "client",
            "name": contact.name,
            "number": addresses.get(ContactAddress.Kind.MOBILE, ""),
            "email": addresses.get(ContactAddress.Kind.EMAIL, ""),
            "zone": contact.zone or contact.client.zone,
            "enter_url": entering.link_for(contact.user.email) if contact.user else "",
        }
