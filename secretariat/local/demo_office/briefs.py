"""The demo's work by proposal: one brief to choose from, one being worked on, and one that is done."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from clients.models import Client, Contact
from secretariat import clock
from secretariat.books.briefs import asking, milestones, noting, posting, proposing, writing
from secretariat.books.models import Brief, Side
from secretariat.office.models import Secretary, Skill, User

MINUTES = (
    "The minutes of our last three partners’ meetings, from recordings of about an hour each.\n"
    "One document for each, in our own template, ready to sign."
)


def propose(client: Client, priya: Secretary, maya: Secretary) -> None:
    """What the first client wants done, and what both secretaries say to it."""
    at = clock.now()
    owner = Contact.objects.get(client=client, standing=Contact.Standing.OWNER).user
    due = at.date() + timedelta(days=14)

    def posted(title: str, kind: str, outcome: str, **facts) -> Brief:
        usual = {"due_on": due, "language": "en", "currency": client.currency, "budget": Decimal(260)}
        brief = Brief(client=client, title=title, kind=kind, outcome=outcome, **usual | facts)
        return posting.post(brief, skills=(), by=owner, at=at)

    def offered(brief: Brief, by: Secretary, approach: str, *parts, pays="fixed", rate=None):
        rows = [
            {
                "title": what,
                "due_on": due - timedelta(days=early),
                "hours": Decimal(hours),
                "amount": Decimal(sum_),
            }
            for what, early, hours, sum_ in parts
        ]
        facts = {"approach": approach, "pays": pays, "rate": rate and Decimal(rate)}
        return proposing.propose(brief, parts=rows, by=by, at=at, **facts)

    open_one = posted("Minutes of three meetings", "minutes", MINUTES)
    open_one.skills.set(Skill.objects.filter(name="Legal offices"))
    question = asking.ask(open_one, words="Do all three have an agenda?", by=maya, at=at)
    asking.answer(question, words="The first two. Of the third there are notes.", by=owner, at=at)
    asking.ask(open_one, words="May names be shortened?", by=priya, at=at)
    offered(
        open_one,
        priya,
        "I type each from the recording, send you the first to look at, and set the others likewise.",
        ("The first, to look at", 9, 3, 90),
        ("The other two", 3, 5, 150),
    )
    offered(
        open_one,
        maya,
        "All three in one go, by the hour; you pay what it took.",
        ("All three", 6, 9, 288),
        pays="hourly",
        rate=32,
    )
    _being_done(
        posted("A list of last year’s clients", "figures", "One table, checked twice."), offered, priya, owner
    )
    _over(posted("Labels for the winter mailing", "typing", "Four hundred labels."), offered, maya, owner)


def _being_done(brief: Brief, offered, by: Secretary, owner: User) -> None:
    """The first half is handed in, and time stands on the second."""
    at = clock.now()
    parts = (("A to M", 8, 3, 75), ("N to Z", 2, 3, 75))
    offer = offered(brief, by, "From your files, checked by a second pair of eyes.", *parts)
    writing.say(offer, of=Side.CLIENT, words="Do you take the telephone numbers along?", by=owner, at=at)
    writing.say(offer, of=Side.SECRETARY, words="Yes, where the file has them.", by=by.user, at=at)
    proposing.accept(offer, by=owner, at=at)
    first, second = _of(brief)
    _worked(first, -1, time(9), time(11, 40))
    _worked(second, -1, time(13), time(13, 50))
    words = "A to M, with three that I could not find; they are marked."
    milestones.hand_in(first, words=words, result=Decimal(0), by=by.user, at=at)


def _over(brief: Brief, offered, by: Secretary, owner: User) -> None:
    """Accepted, charged, and each side has told the firm how it went."""
    at = clock.now()
    proposing.accept(offered(brief, by, "Printed and cut.", ("All of them", 4, 2, 60)), by=owner, at=at)
    [only] = _of(brief)
    milestones.hand_in(only, words="Four hundred and six.", result=Decimal(0), by=by.user, at=at)
    milestones.accept(only, words="Thank you, just right.", by=owner, at=at)
    brief.refresh_from_db()
    noting.write(brief, of=Side.CLIENT, again=True, words="Quick, and more than asked.", by=owner, at=at)
    noting.write(brief, of=Side.SECRETARY, again=True, words="Clear from the start.", by=by.user, at=at)


def _of(brief: Brief) -> list:
    rows = brief.milestones.select_related("brief__client", "client", "secretary__user")
    return list(rows.order_by("rank"))


def _worked(milestone, days: int, since: time, until: time) -> None:
    zone = ZoneInfo(milestone.secretary.zone)
    day = clock.now().astimezone(zone).date() + timedelta(days=days)
    milestones.write_down(
        milestone,
        started_at=datetime.combine(day, since, zone),
        ended_at=datetime.combine(day, until, zone),
        words="Typed and checked",
        by=milestone.secretary,
        at=clock.now(),
    )
