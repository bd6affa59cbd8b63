"""What the demo's clients have said: on any day, and today."""

from datetime import time, timedelta

from clients import closing, rostering, where_i_am
from clients.models import Client, Correspondent, Instruction, Status
from secretariat import clock


def speak(okafor: Client) -> None:
    """Ngozi is in court for some hours, and one caller is to be put through all the same."""
    at = clock.now()
    ngozi = okafor.contacts.get(name="Ngozi Okafor")
    until = (at + timedelta(hours=2, minutes=30)).replace(minute=0, second=0, microsecond=0)
    Status.objects.create(
        client=okafor,
        contact=ngozi,
        kind=Status.Kind.OUT,
        text="In court",
        note="Take a message, promise a call back.",
        from_at=at - timedelta(minutes=40),
        set_at=at - timedelta(minutes=40),
        until_at=until,
        set_by=ngozi.user,
    )
    Instruction.objects.create(
        client=okafor,
        action=Instruction.Action.MESSAGE,
        text="Say when I will call back, never where I am.",
        written_by=ngozi.user,
        written_at=at - timedelta(days=30),
    )
    harlow = Instruction.objects.create(
        client=okafor,
        callers=Instruction.Callers.PEOPLE,
        action=Instruction.Action.PUT_THROUGH,
        put_through_to=ngozi,
        text="Even in court: ask me first.",
        from_at=at - timedelta(minutes=40),
        until_at=at + timedelta(hours=6),
        written_by=ngozi.user,
        written_at=at - timedelta(minutes=40),
    )
    tunde = okafor.contacts.get(name="Tunde Adeyemi")
    Instruction.objects.create(
        client=okafor,
        action=Instruction.Action.PUT_THROUGH,
        put_through_to=tunde,
        text="He takes new enquiries in these hours.",
        callers=Instruction.Callers.UNKNOWN,
        weekdays=[1, 3],
        from_time=time(14),
        until_time=time(16),
        written_by=ngozi.user,
        written_at=at - timedelta(days=12),
    )
    Instruction.objects.create(
        client=okafor,
        call_type=okafor.call_types.get(name="Court or deadline"),
        text="Ask for the case number and the hour of the hearing.",
        written_by=ngozi.user,
        written_at=at - timedelta(days=20),
    )
    where_i_am.set_status(
        tunde,
        kind=Status.Kind.AWAY,
        text="On leave",
        from_at=at + timedelta(days=6),
        until_at=at + timedelta(days=11),
        stand_in=ngozi,
        by=ngozi.user,
        at=at,
    )
    harlow.people.set(Correspondent.objects.filter(client=okafor, firm="Harlow & Sons"))


def be_on_call(okafor: Client) -> None:
    """Ngozi and Tunde take turns week by week outside the hours of the firm; before, it was day by day."""
    at = clock.now()
    ngozi, tunde = (okafor.contacts.get(name=name) for name in ("Ngozi Okafor", "Tunde Adeyemi"))
    today = at.astimezone(okafor.tz).date()
    words = {"name": "Evenings and nights", "from_time": time(17), "until_time": time(9)}
    monday = today - timedelta(days=today.weekday())
    before = rostering.write(
        okafor,
        people=[tunde, ngozi],
        by=ngozi.user,
        at=at - timedelta(days=40),
        turns="daily",
        changes_over=time(9),
        since=monday - timedelta(days=42),
        **words,
    )
    nights = rostering.change(
        before,
        people=[tunde, ngozi],
        by=ngozi.user,
        at=at - timedelta(days=21),
        turns="weekly",
        changes_over=time(9),
        since=monday,
        **words,
    )
    rostering.write(
        okafor,
        people=[tunde, ngozi],
        by=ngozi.user,
        at=at - timedelta(days=21),
        name="During the day",
        since=monday,
        from_time=time(9),
        until_time=time(17),
    )
    # While Tunde is on leave it is Ngozi alone.
    rostering.replace(
        nights,
        people=[ngozi],
        from_at=at + timedelta(days=6),
        until_at=at + timedelta(days=11),
        by=ngozi.user,
        at=at,
    )


def ask_about_holidays(clients: list[Client]) -> None:
    """Each is asked about the coming year. The first has answered once, and closes for two days besides."""
    at = clock.now()
    for client in clients:
        closing.propose(client, at=at)
    okafor = clients[0]
    ngozi = okafor.contacts.get(name="Ngozi Okafor")
    far = okafor.holidays.asked().order_by("-on").first()
    if far:
        closing.answer(far, says="half", closes=time(13), by=ngozi.user, at=at)
    today = at.astimezone(okafor.tz).date()
    closing.close(
        okafor,
        on=today + timedelta(days=16),
        until_on=today + timedelta(days=17),
        name="We move to Marina Road",
        by=ngozi.user,
        at=at,
    )
