"""What the frames show around every page of desk and portal. Nothing is looked up until a template asks."""

import json
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from clients import regions as clients
from clients.doors import chosen_contact
from messages_app import regions as messages
from secretariat import navigation
from secretariat.office.models import LineKind, Presence

from .desk import regions
from .regions import Region

VOICE_SDK = "npm/voice/twilio.min.js"  # there when Node has fetched it


class Navigation:
    """The links of each frame, for this person."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def desk(self):
        return navigation.entries(self.request, "desk")

    @cached_property
    def portal(self):
        return navigation.entries(self.request, "portal")

    @cached_property
    def firm(self):
        return navigation.entries(self.request, "firm")


@dataclass(frozen=True)
class Phone:
    """What her browser needs to be her line."""

    scripts: tuple[str, ...]
    token_url: str
    heartbeat_url: str
    sdk_url: str  # the vendor's script, which the adapter loads; empty where Node has not fetched it


def phone_of(request) -> Phone | None:
    """Nothing for somebody who is off shift, or answers at her own telephone."""
    _template, bar = regions.callbar(request)
    presence = bar.get("presence")
    if presence is None or presence.line != LineKind.BROWSER or presence.state == Presence.State.OFF:
        return None
    scripts = (f"phone-{settings.PHONE_ADAPTER}.js", "heartbeat.js", "mute.js", "phone.js")
    return Phone(
        scripts=tuple(map(staticfiles_storage.url, scripts)),
        token_url=reverse("phone-token"),
        heartbeat_url=reverse("presence-heartbeat"),
        sdk_url=staticfiles_storage.url(VOICE_SDK) if finders.find(VOICE_SDK) else "",
    )


class DeskFrame:
    """The secretary's frame: its regions, each with an address of its own, and her keys."""

    def __init__(self, request):
        self.request = request

    @property
    def keys_json(self):
        return json.dumps(self.request.user.keys)

    @property
    def typing_keys(self):
        return self.request.user.letter_keys

    @property
    def ring_volume(self):
        return self.request.user.ring_volume

    @cached_property
    def top(self):
        return Region(reverse("desk-top"), regions.top(self.request), self.request)

    @cached_property
    def bulletins(self):
        if not self.request.user.roles.secretary:
            return None
        return Region(reverse("bulletins-banner"), clients.bulletins(self.request), self.request)

    @cached_property
    def standing_red(self):
        """For those at the desk, and on the pages of the firm."""
        return Region(reverse("messages-standing"), messages.standing_red(self.request), self.request)

    @cached_property
    def callbar(self):
        url = reverse("calls-bar") if self.request.user.roles.secretary else ""
        return Region(url, regions.callbar(self.request), self.request)

    @cached_property
    def navigation(self):
        return Region(reverse("desk-navigation"), regions.column(self.request), self.request)

    @cached_property
    def phone(self):
        return phone_of(self.request)

    @property
    def state_url(self):
        return reverse("desk-state") if self.request.user.roles.secretary else ""

    @property
    def settings_url(self):
        return reverse("desk-settings")

    @property
    def search_url(self):
        return reverse("desk-search")

    @cached_property
    def links(self):
        return navigation.entries(self.request, "person")


class PortalFrame:
    """The client's frame: which client she looks at, and the others she may change to."""

    def __init__(self, request):
        self.request = request

    @cached_property
    def client(self):
        contact = chosen_contact(self.request)
        return contact.client if contact else None

    @cached_property
    def clients(self):
        return [contact.client for contact in self.request.user.roles.contacts]

    @cached_property
    def links(self):
        return navigation.entries(self.request, "person")


def frames(request):
    """Context processor. Strangers have no frame."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "navigation": Navigation(request),
        "sign_in": {"url": reverse("session"), "keep_url": reverse("session-keep")},
        "desk": SimpleLazyObject(lambda: DeskFrame(request)),
        "portal": SimpleLazyObject(lambda: PortalFrame(request)),
    }
