"""Each side's agreement: one that holds, one that is offered with what is left to do, and a draft."""

from datetime import date

from secretariat import clock
from secretariat.books.agreements import agreeing, usual_words
from secretariat.books.models import Agreement, LeavingStep


def agreed(side, firm) -> dict:
    client, at, word = side.client.row, clock.now(), side.word

    def written(from_on):
        usual = usual_words.to_begin_with() | {"services": f"Calls for {word}"}
        return agreeing.write(Agreement(client=client, from_on=from_on, **usual), by=firm)

    held = agreeing.offer(written(date(2026, 9, 1)), by=firm, at=at)
    by = side.owner.user
    held = agreeing.accept(held, name=f"Owner of {word}", sha256=held.sha256, by=by, at=at)
    offered = agreeing.offer(written(date(2027, 1, 1)), by=firm, at=at)
    step = LeavingStep.objects.create(
        agreement=offered, client=client, kind="bill", words=f"The last bill of {word}"
    )
    draft = written(date(2027, 2, 1))
    return {"agreement": held, "agreement_offered": offered, "agreement_draft": draft, "step": step}
