"""What people do when a caller is put through, in words."""

from calls import put_through
from calls.models import Call, PutThrough
from clients.models import ContactAddress
from secretariat import clock
from tests.the_office import identity

from .rooms import talking, the_call

CALLER = "+447700900123"


def mobile(contact) -> str:
    return contact.addresses.get(kind="mobile").value


def another_number(contact, value, **facts):
    return ContactAddress.objects.create(
        client=contact.client, contact=contact, kind="phone", value=value, rank=facts.pop("rank", 5), **facts
    )


def asks(office, by, contact, way="ask", **words):
    getattr(put_through, way)(the_call(), contact, by=by, at=clock.now(), **words)
    office.passes(2)


def does(office, verb, by):
    getattr(put_through, verb)(the_call(), by=by, at=clock.now())
    office.settle()


def phone(office, number):
    """The leg at this number that is live, or None."""
    legs = office.carrier.control.legs_of(number)
    return legs[-1] if legs else None


def picks_up(office, number):
    office.carrier.control.answer(phone(office, number))
    office.settle()
    return phone(office, number)


def presses(office, number, key):
    office.carrier.control.press(phone(office, number), key)
    office.settle()


def takes(office, contact):
    picks_up(office, mobile(contact))
    presses(office, mobile(contact), "1")


def verbs(call) -> list[str]:
    """In the order in which they were written."""
    return list(call.events.order_by("id").values_list("verb", flat=True))


def the_attempt() -> PutThrough:
    return PutThrough.objects.latest("asked_at", "id")


def with_priya_again(office, priya):
    call = the_call()
    assert (call.state, call.held_at) == (Call.State.TALKING, None)
    assert talking(office) == {identity(priya), CALLER}
