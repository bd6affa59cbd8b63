"""Practice on a copy of each side's client: a call that waits for her, one she is on, one she wrote."""

from clients import playing, practising
from secretariat import clock


class Word(str):
    """A word of an address that names a deed and no row: it stands in the address of nothing, too."""


def practised(side, secretary, firm) -> dict:
    at = clock.now()

    def begun():
        part = f"A builder who asks for {side.word}"
        return practising.begin(secretary, side.client.row, part=part, by=firm, at=at)

    written, talking = begun(), begun()
    practising.write(written, by=secretary, at=at, caller_name=f"Bob of {side.word}", text="Ring back")
    for verb in ("ring", "answer"):
        playing.move(talking.pk, verb, at=at)
    verbs = {"ring_verb": Word("ring"), "hold_verb": Word("hold"), "bar_part": Word("bar")}
    return {"practice": begun(), "practice_talking": talking, "practice_written": written, **verbs}
