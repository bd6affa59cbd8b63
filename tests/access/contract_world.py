"""Contracts of each side's secretary: one that holds, one that is offered through a company, a draft."""

from datetime import date
from decimal import Decimal

from secretariat import clock
from secretariat.office.contracts import agreeing
from secretariat.office.models import Contract, Partner
from secretariat.office.pay import By, Term


def contracts_of(side, secretary, firm) -> dict:
    """`firm` is the user who writes and signs for the firm."""

    def written(from_on, hour="14.50", partner=None):
        draft = Contract(
            secretary=secretary,
            partner=partner,
            currency="EUR",
            role=f"Secretary of {side.word}",
            duties=f"Answers for {side.word}",
            from_on=from_on,
            rights="Breaks",
            obligations="The software",
            confidentiality="Nothing leaves",
            breach="It may end",
        )
        return agreeing.write(draft, [Term(By.HOUR, Decimal(hour))], by=firm)

    at = clock.now()
    held = agreeing.offer(written(date(2026, 9, 1)), by=firm, at=at)
    signing = {"name": f"Signed for {side.word}", "sha256": held.sha256, "at": at}
    agreeing.accept(held, by=secretary.user, **signing)
    held = agreeing.countersign(held, by=firm, **signing)
    agency = Partner.objects.create(name=f"Agency of {side.word}")
    offered = agreeing.offer(written(date(2027, 1, 1), partner=agency), by=firm, at=at)
    agreeing.say(offered, f"{side.word} asks", by=secretary.user, at=at)
    draft = written(date(2027, 2, 1))
    return {"contract": held, "offered": offered, "contract_draft": draft, "agency": agency}
