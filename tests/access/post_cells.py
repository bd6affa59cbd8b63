"""The cells of incoming post: at the desk, and in the portal."""

from django.core.files.uploadedfile import SimpleUploadedFile

from .matrix import CLIENT, DESK
from .world import OTHER_CONTACT

RECEIVED = ("received",)


def shown(side) -> dict:
    return {"version": side.received.version}


def for_the_client(side) -> dict:
    return {"client": side.client.row.pk}


def came(side) -> dict:
    return for_the_client(side) | {"kind": "ordinary", "sender": f"{side.word} Court", "place": "tray"}


def scanned(side) -> dict:
    file = SimpleUploadedFile(f"{side.word}.pdf", b"%PDF-1.7", content_type="application/pdf")
    return shown(side) | {"file": file, "opened": "on"}


def elsewhere(side) -> dict:
    return shown(side) | {"place": f"safe of {side.word}"}


def gone(side) -> dict:
    return shown(side) | {"paper": "collected"}


def wished(side) -> dict:
    return shown(side) | {"wish": "send_on"}


RULES = {"opens": "nothing", "opened_by": "team", "then": "hold", "days": "30"}


def at_the_desk(page, deed, desk_list) -> list:
    return [
        desk_list("post"),
        page("post-new", DESK, body=for_the_client, shows=True),
        deed("post-new", DESK, body=came),
        page("post-one", DESK, args=RECEIVED),
        deed("post-scan", DESK, args=RECEIVED, body=scanned),
        deed("post-pass-on", DESK, args=RECEIVED, body=shown),
        deed("post-lies", DESK, args=RECEIVED, body=elsewhere),
        deed("post-left", DESK, args=RECEIVED, body=gone),
    ]


def in_the_portal(page, deed) -> list:
    return [
        page("post-portal", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
        page("post-portal-one", CLIENT, args=RECEIVED),
        deed("post-portal-wish", CLIENT, args=RECEIVED, body=wished),
        page("post-portal-rules", CLIENT, shows=True, empty_for={OTHER_CONTACT}),
        deed("post-portal-rules", CLIENT, body=RULES, empty_for={OTHER_CONTACT}),
    ]
