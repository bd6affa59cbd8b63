"""Contracts of each side's secretary: one that holds, one that is offered through a company, a draft."""

from datetime import date
from decimal import Decimal

from secretariat import clock
from secretariat.office import inviting
from secretariat.office.contracts import agreeing
from secretariat.office.models import Contract, Partner, PartnerPerson
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


def of_companies(world, walks) -> None:
    """The company of A has somebody who walks, and each a colleague, and somebody who is invited."""
    PartnerPerson.objects.create(partner=world.a.agency, user=walks)
    for side in (world.a, world.b):
        word = side.word.lower()
        colleague = world.office.user(f"colleague@{word}.example", f"Colleague of {side.word}")
        PartnerPerson.objects.create(partner=side.agency, user=colleague)
        to = {"email": f"company@{word}.example", "name": f"Invited by {side.word}", "gives": "partner"}
        sent = inviting.invite(**to, by=colleague, at=clock.now(), subject_id=side.agency.pk)
        side.rows |= {"company_colleague": colleague, "company_invitation": sent}
