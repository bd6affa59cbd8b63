"""The demo's rota: this week and the next, with an hour nobody is planned for, an open shift and a swap."""

from datetime import datetime, time, timedelta

from secretariat import clock
from secretariat.office.models import PlannedShift, Post, Secretary, User
from secretariat.office.rota import planning, rules, swapping

EARLY, LATE = (time(8), time(16)), (time(10), time(18))
TUESDAY, WEDNESDAY, FRIDAY = 1, 2, 4


def plan(priya: Secretary, maya: Secretary) -> None:
    """Priya begins early and Maya goes late, but for next Friday, when nobody is there after four."""
    at = clock.now()
    helen = User.objects.get(posts__post=Post.Kind.SUPERVISOR)
    this = rules.monday_of(at.date())
    for monday in (this, this + rules.WEEK):
        for weekday in range(5):
            on = monday + weekday * rules.DAY
            _add(priya, on, *EARLY, by=helen, at=at)
            if monday == this or weekday != FRIDAY:
                _add(maya, on, *LATE, by=helen, at=at)
    wednesday = this + rules.WEEK + WEDNESDAY * rules.DAY
    opened = rules.stretch(wednesday, time(18), time(20), priya.zone)
    planning.add(secretary=None, stretch=opened, language="en", note="An evening mailing", by=helen, at=at)
    for monday in (this, this + rules.WEEK):
        planning.publish(monday, by=helen, at=at)
    _swap(priya, this + rules.WEEK + TUESDAY * rules.DAY, at=at)


def _add(secretary: Secretary, on, begins: time, ends: time, *, by: User, at: datetime) -> None:
    """What has begun by now is left out: nobody is late in an office that has just opened."""
    stretch = rules.stretch(on, begins, ends, secretary.zone)
    if stretch.begins > at + timedelta(hours=1):
        planning.add(secretary=secretary, stretch=stretch, by=by, at=at)


def _swap(secretary: Secretary, on, *, at: datetime) -> None:
    """She would rather begin later on that day, for her colleague's shift, who has said yes."""
    hers = PlannedShift.objects.published().filter(secretary=secretary)
    gives = next(each for each in hers if each.on == on)
    same_day = (each for each in swapping.choices(gives, at=at) if each.takes and each.takes.on == on)
    choice = next(same_day, None)
    if choice:
        swap = swapping.propose(gives, choice, by=secretary, at=at, note="The dentist, at half past eight")
        swapping.accept(swap, by=choice.colleague, at=at)
