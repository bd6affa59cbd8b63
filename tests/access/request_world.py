"""What somebody of each side has asked her secretary for."""

from messages_app.asked_for import asking
from secretariat import clock


def rows(side) -> dict:
    return {"wanted": asking.ask(side.owner, f"{side.word} needs a table for four.", at=clock.now())}
