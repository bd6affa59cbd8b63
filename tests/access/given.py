"""What must be so before an act of the matrix is possible."""

from datetime import timedelta

from calendar_app.models import Diary
from calls.models import Call, Leg, Offer, PutThrough
from clients import team, work
from clients.models import AddressCheck, BulletinReading, Contact, Suppression, WorkItem
from messages_app.models import Message
from secretariat import clock
from secretariat.office import home_numbers, presence, suspending
from secretariat.office.contracts import agreeing
from secretariat.office.models import Firm, Presence, User
from secretariat.office.rota import calendar_feed

from .matrix import SECRETARIES
from .world import ADMIN, PARTNER, TEAM


def was_told_a_code(world, actor):
    secretary = world.secretary(actor)
    home_numbers.ask(secretary, number="+442079460188", by="text", asked_by=secretary.user, at=clock.now())


def nobody_else_was_told_a_code(world, actor):
    AddressCheck.objects.filter(client=world.b.client.row).delete()


def is_suspended(world, actor):
    suspending.suspend(world.a.leaver, by=world.people[ADMIN], reason="lost", at=clock.now())


def has_signed(world, actor):
    """She has accepted what was offered to her, and so has the company it is through."""
    offered = world.a.offered
    signing = {"name": "Priya", "sha256": offered.sha256, "by": offered.secretary.user}
    agreeing.accept(offered, **signing, at=clock.now())
    of_company = {"name": "Quay", "sha256": offered.sha256, "by": world.people[PARTNER]}
    agreeing.sign_for_company(offered, **of_company, at=clock.now())


def nothing_is_before_her(world, actor):
    agreeing.withdraw(world.a.offered, by=world.people[ADMIN])


def came_back(world, actor):
    Suppression.objects.create(channel="email", address=world.a.mailbox.value, because="bounced")


def has_left(world, actor):
    Contact.objects.filter(pk=world.a.member.pk).update(is_active=False)


def firm_lets(world, actor):
    Firm.current()
    Firm.objects.update(may_print=True, may_copy_out=True, may_export=True, may_download=True)


def is_switched_off(world, actor):
    for side in (world.a, world.b):
        Diary.objects.filter(pk=side.her_diary.pk).update(is_active=False)


def serves_the_other_too(world, actor):
    if actor in SECRETARIES:
        team.assign(world.secretary(actor), world.a.third.row, by=None, at=clock.now())


def stands_red(world, actor):
    work.open_item(
        "messages.unacknowledged",
        subject=("messages_app.message", world.a.message.pk),
        client=world.a.client.row,
        because=f"Urgent message for {world.a.client.row.name}: nobody has acknowledged it.",
        promised_at=clock.now(),
    )


def has_keys_of_her_own(world, actor):
    User.objects.filter(pk=world.people[actor].pk).update(keys={"F4": "F6"})


def has_a_work_item_of_hers(world, actor):
    WorkItem.objects.filter(pk=world.a.work.pk).update(owner=world.people[actor], version=1)


def was_offered(world, actor):
    """The call rings at her, as far as our rows go."""
    secretary = world.secretary(actor)
    Offer.objects.filter(call=world.a.talking).delete()
    Offer.objects.create(
        client=world.a.client.row,
        call=world.a.talking,
        secretary=secretary,
        line=secretary.line,
        round=9,
        expires_at=clock.now() + timedelta(seconds=15),
    )


def is_offered_a_second(world, actor):
    """It rings while she is on her line with another caller."""
    call, other = world.a.talking, world.a.wrap_up
    Offer.objects.filter(call=other, state=Offer.State.ACCEPTED).delete()
    Offer.objects.filter(call=call, state=Offer.State.ACCEPTED).update(call=other)
    Call.objects.filter(pk=call.pk).update(state=Call.State.RINGING, secretary=None)
    was_offered(world, TEAM)
    Offer.objects.filter(call=call).update(is_second=True)


def has_lost_the_line(world, actor):
    call = world.a.talking
    Offer.objects.filter(call=call, state=Offer.State.ACCEPTED).update(lost_at=clock.now())
    Call.objects.filter(pk=call.pk).update(state=Call.State.RINGING)


def is_held(world, actor):
    Call.objects.filter(pk=world.a.talking.pk).update(held_at=clock.now())


def has_answered(world, actor):
    """Somebody at the client talks with the secretary, and the caller is on hold."""
    is_held(world, actor)
    call = world.a.talking
    leg = Leg.objects.create(client=call.client, call=call, party=Leg.Party.CONTACT, carrier_id="CAcontact")
    PutThrough.objects.create(
        client=call.client,
        call=call,
        contact=world.a.owner,
        way="ask",
        state="joined",
        leg=leg,
        numbers=[{"number": "+447700900100", "label": "Mobile", "seconds": 25, "no_key": False}],
    )


def was_put_through(world, actor):
    Call.objects.filter(pk=world.a.wrap_up.pk).update(through_at=clock.now())


def is_put_aside(world, actor):
    Call.objects.filter(pk=world.a.wrap_up.pk).update(parked_at=clock.now())


def is_put_aside_and_she_is_free(world, actor):
    has_no_live_call(world, TEAM)
    is_put_aside(world, TEAM)


def is_not_acknowledged(world, actor):
    Message.objects.filter(pk=world.a.message.pk).update(
        state=Message.State.DELIVERED, acknowledged_at=None, acknowledged_by=None, acknowledged_how=""
    )


def ended_without_message(world, actor):
    Call.objects.filter(pk=world.a.wrap_up.pk).update(
        state=Call.State.CLOSED, outcome=Call.Outcome.NO_MESSAGE, closed_at=clock.now()
    )


def is_off(world, actor):
    Presence.objects.filter(secretary=world.secretary(actor)).update(
        state=Presence.State.OFF, away_because=""
    )
    world.secretary(actor).shifts.filter(ended_at=None).update(ended_at=clock.now())


def is_ready(world, actor):
    secretary = world.secretary(actor)
    if not secretary.shifts.filter(ended_at=None).exists():
        presence.start_shift(secretary, line="browser", at=clock.now(), declared=True)
    Presence.objects.filter(secretary=secretary).update(
        state=Presence.State.READY, away_because="", heartbeat_at=None
    )


def is_off_and_has_read_bs(world, actor):
    is_off(world, actor)
    BulletinReading.objects.create(bulletin=world.b.bulletin, user=world.people[actor])


def has_no_live_call(world, actor):
    Call.objects.filter(pk__in=[world.a.talking.pk, world.b.talking.pk]).update(
        state=Call.State.CLOSED, outcome=Call.Outcome.NO_MESSAGE, closed_at=clock.now()
    )
    is_ready(world, actor)


def is_on_a_break(world, actor):
    is_ready(world, actor)
    presence.take_break(world.secretary(actor), reason="Tea", back_at=None, at=clock.now())


def has_an_address_of_her_shifts(world, actor):
    calendar_feed.make(world.secretary(actor), at=clock.now())
