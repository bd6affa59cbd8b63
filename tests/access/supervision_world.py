"""What is asked and said of each side's secretary."""

from datetime import date

from secretariat import clock
from secretariat.books.models import Remark
from secretariat.books.supervision import supervising


def supervised(side, secretary, firm) -> dict:
    at, word = clock.now(), side.word
    supervising.name(
        secretary, supervisor=firm, stand_in=None, qualified_by=f"Ten years at {word}", by=firm, at=at
    )
    question = supervising.ask(secretary, on=date(2026, 11, 23), words=f"Why idle at {word}?", by=firm, at=at)
    training = supervising.remark(
        secretary,
        Remark(kind="training", words=f"Fire drill of {word}", due_on=date(2026, 12, 1)),
        by=firm,
        at=at,
    )
    complaint = supervising.remark(
        secretary, Remark(kind="complaint", words=f"Short with {word}"), by=firm, at=at
    )
    return {"hours_question": question, "training": training, "complaint": complaint}
