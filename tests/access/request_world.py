"""What somebody of each side has asked her secretary for."""

from messages_app.asked_for import asking
from messages_app.asked_for.asking import Brought
from secretariat import clock
from secretariat.media.models import MediaFile


def rows(side) -> dict:
    picture = Brought(b"\x89PNG of " + side.word.encode(), "photograph", "image/png", "png")
    words = f"{side.word} needs a table for four."
    asked = asking.ask(side.owner, words, brought=[picture], at=clock.now())
    return {"wanted": asked, "wanted_file": MediaFile.objects.get(pk=asked.files.get().media_id)}
