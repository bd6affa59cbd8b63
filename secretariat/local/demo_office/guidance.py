"""What the demo's first client has said: on any day, and today."""

from datetime import timedelta

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
    harlow.people.set(Correspondent.objects.filter(client=okafor, firm="Harlow & Sons"))
