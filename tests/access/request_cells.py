"""The cells of what clients ask for: at the desk, and in the portal."""

from .matrix import CLIENT, DESK
from .world import MEMBER, OTHER_CONTACT

WANTED = ("wanted",)


def shown(side) -> dict:
    return {"version": side.wanted.version}


def answered(side) -> dict:
    return shown(side) | {"words": f"{side.word} has a table."}


def asks(side) -> dict:
    return {"words": f"{side.word} needs flowers."}


def at_the_desk(page, deed, desk_list) -> list:
    return [
        desk_list("requests"),
        page("requests-asked", DESK, args=WANTED),
        deed("requests-answer", DESK, args=WANTED, body=answered),
    ]


def in_the_portal(page, deed) -> list:
    return [
        page("requests-portal", CLIENT, shows=True, empty_for={OTHER_CONTACT}, others={MEMBER: 200}),
        page("requests-new", CLIENT, shows=True, empty_for={OTHER_CONTACT}, others={MEMBER: 200}),
        deed("requests-new", CLIENT, body=asks, empty_for={OTHER_CONTACT}, others={MEMBER: 303}),
        page("requests-one", CLIENT, args=WANTED),
        deed("requests-take-back", CLIENT, args=WANTED, body=shown),
    ]
