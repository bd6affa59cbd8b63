"""Post that came for each side: to be passed on, and passed on."""

from messages_app.incoming_post import receiving
from messages_app.models import PostRules
from secretariat import clock


def rows(side, by) -> dict:
    client = side.client.row
    PostRules.objects.create(client=client, address=f"{side.word} Legal\n1 High Street", opens="all")
    said = {"sender": f"Court of {side.word}", "tracking": f"{side.word}7", "place": f"tray of {side.word}"}
    post = receiving.note(client, kind="ordinary", by=by, at=clock.now(), **said)
    return {"received": post}
