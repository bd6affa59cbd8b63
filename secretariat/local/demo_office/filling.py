"""Puts the demo office into an empty database, once."""

from django.db import transaction

from secretariat.office.models import User

from . import (
    accounts,
    briefs,
    clients,
    diaries,
    dictation,
    guidance,
    joining,
    keeping,
    letters,
    mails,
    past,
    pay,
    people,
    rota,
)


@transaction.atomic
def fill(*, empty: bool = False) -> None:
    """Fill the database, with `empty` only by an administrator. Does nothing the second time."""
    if User.objects.exists():
        return
    people.engage_administrator()
    if empty:
        return
    priya, maya = people.engage_secretaries()
    answered_by = {
        described.name: (priya, maya) if place % 2 == 0 else (maya, priya)
        for place, described in enumerate(clients.ALL)
    }
    served = [
        clients.take_on(
            described, own=answered_by[described.name][0], stand_in=answered_by[described.name][1]
        )
        for described in clients.ALL
    ]
    guidance.speak(served[0])
    guidance.be_on_call(served[0])
    guidance.ask_about_holidays(served)
    diaries.keep(served, {name: own for name, (own, _stand_in) in answered_by.items()})
    past.live_through(served, {name: own for name, (own, _stand_in) in answered_by.items()})
    accounts.keep(served, {name: own for name, (own, _stand_in) in answered_by.items()})
    pay.keep(priya, maya)
    rota.plan(priya, maya)
    keeping.agree(served, priya, maya)
    past.leave_something_to_do(served, priya)
    # After the calls: until then whoever is known is known by a number.
    mails.answer_for(served, {name: own for name, (own, _stand_in) in answered_by.items()})
    dictation.wait(served[0])
    letters.wait(served[0], priya.user)
    letters.wait_for_the_carrier(served[3], maya.user)
    joining.show(priya, maya)
    joining.seek()
    briefs.propose(served[0], priya, maya)
