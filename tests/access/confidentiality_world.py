"""What each side's client asks of whoever answers for her, and a lapse that is looked into."""

from clients.confidentiality import lapses, terms
from secretariat import clock


def keeping_silent(side, team, firm) -> dict:
    at, client = clock.now(), side.client.row
    held = terms.write(client, f"Nobody speaks of {side.word}", by=firm, at=at)
    for secretary in team:
        terms.accept(held, by=secretary, at=at)
    lapse = lapses.report(kind="seen", what=f"A guest saw {side.word}", client=client, by=team[0].user, at=at)
    lapses.note(lapse, f"Only the name of {side.word}", by=firm, at=at)
    return {"terms": held, "lapse": lapse}
