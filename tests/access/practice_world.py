"""Practice on a copy of each side's client: one call that waits for her, and one that she has written."""

from clients import practising
from secretariat import clock


def practised(side, secretary, firm) -> dict:
    at = clock.now()

    def begun():
        part = f"A builder who asks for {side.word}"
        return practising.begin(secretary, side.client.row, part=part, by=firm, at=at)

    written = begun()
    practising.write(written, by=secretary, at=at, caller_name=f"Bob of {side.word}", text="Ring back")
    return {"practice": begun(), "practice_written": written}
