"""A small firm and two clients, for the rooms of clients and office."""

from datetime import UTC, datetime
from types import SimpleNamespace

from clients import team
from clients.models import Assignment, Client, Contact, ContactAddress, Line
from secretariat.office.models import Post, Secretary, User

AT = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)  # a Tuesday, 12:30 in Lagos


def person(email, name):
    return User.objects.create(email=f"{email}@example.com", name=name)


def client_with_people(name, owner, *, number, zone="Africa/Lagos"):
    """A client with one line, an owner, a delegate and a member who all sign in."""
    client = Client.objects.create(name=name, zone=zone, country="NG")
    line = Line.objects.create(client=client, number=number)
    people = {}
    for standing in Contact.Standing.values:
        user = person(f"{standing}.{owner.split()[0].lower()}", f"{owner} {standing}")
        people[standing] = Contact.objects.create(client=client, user=user, name=user.name, standing=standing)
        ContactAddress.objects.create(
            client=client, contact=people[standing], kind="mobile", value=f"+23480312345{len(people):02}"
        )
    return SimpleNamespace(client=client, line=line, **people)


def build():
    """Okafor Legal and its people, a rival, Priya on Okafor's team, Rui on nobody's, and a supervisor."""
    helen = person("helen", "Helen")
    Post.objects.create(user=helen, post=Post.Kind.SUPERVISOR)
    priya = Secretary.objects.create(user=person("priya", "Priya"), spoken_name="Priya")
    rui = Secretary.objects.create(
        user=person("rui", "Rui"),
        spoken_name="Rui",
        line="phone",
        home_number="+441632960001",
        verified_number="+441632960001",
    )
    okafor = client_with_people("Okafor Legal", "Ngozi Okafor", number="+442079460101")
    rival = client_with_people("Brill Dental", "Sam Brill", number="+442079460102")
    assignment = team.assign(priya, okafor.client, by=helen, at=AT, turn=Assignment.Turn.OWN)
    return SimpleNamespace(
        helen=helen, priya=priya, rui=rui, okafor=okafor, rival=rival, assignment=assignment, at=AT
    )
