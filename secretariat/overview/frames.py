"""What the frames show around every page of desk and portal. Nothing is looked up until a template asks."""

import json
from functools import cached_property

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from clients.doors import chosen_contact
from secretariat import navigation

from .desk import regions
from .regions import Region


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


class DeskFrame:
    """The secretary's frame: its regions, each with an address of its own, and her keys."""

    keys_json = json.dumps({})

    def __init__(self, request):
        self.request = request

    @cached_property
    def top(self):
        return Region(reverse("desk-top"), regions.top(self.request), self.request)

    @cached_property
    def callbar(self):
        url = reverse("calls-bar") if self.request.user.roles.secretary else ""
        return Region(url, regions.callbar(self.request), self.request)

    @cached_property
    def navigation(self):
        return Region(reverse("desk-navigation"), regions.column(self.request), self.request)

    @property
    def state_url(self):
        return reverse("desk-state") if self.request.user.roles.secretary else ""

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
        "desk": SimpleLazyObject(lambda: DeskFrame(request)),
        "portal": SimpleLazyObject(lambda: PortalFrame(request)),
    }
