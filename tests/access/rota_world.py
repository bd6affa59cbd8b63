"""What stands in the rota for each of the two sides: shifts of its secretary, and one who swaps with her."""

from datetime import date, time, timedelta

from secretariat import clock
from secretariat.office.models import Absence, PlannedShift, Secretary, SecretaryLanguage, User, UsualShift
from secretariat.office.rota import calendar_feed, planning, rules, swapping, wishes


def in_the_rota(side, secretary, planner) -> dict:
    """Shifts, a wish, days off, swaps in each state, and the address of her calendar."""
    at = clock.now()
    name = f"Cora {side.word[0]}"
    user = User.objects.create(email=f"cora.{side.word[0].lower()}@example.com", name=name)
    colleague = Secretary.objects.create(user=user, spoken_name=name)
    SecretaryLanguage.objects.create(secretary=colleague, language="en", level=7, how="work")

    def shift(who, on, hour=9, state="published"):
        when = rules.stretch(on, time(hour), time(hour + 4), "Europe/London")
        return PlannedShift.objects.create(
            secretary=who,
            starts_at=when.begins,
            ends_at=when.ends,
            zone="Europe/London",
            state=state,
            published_at=None if state == "draft" else at,
        )

    def swap(gives, asked):
        choice = swapping.Choice(asked)
        return swapping.propose(gives, choice, by=gives.secretary, at=at)

    change_of = rules.stretch(date(2026, 12, 12), time(9), time(12), "Europe/London")
    undone = planning.add(secretary=None, stretch=change_of, by=planner, at=at)
    UsualShift.objects.create(weekday=5, begins=time(6), ends=time(9), zone="Europe/London")
    agreed = swap(shift(secretary, date(2026, 12, 18)), colleague)
    swapping.accept(agreed, by=colleague, at=at)
    feed, token = calendar_feed.make(secretary, at=at)
    return {
        "colleague": colleague,
        "planned": shift(secretary, date(2026, 11, 24)),
        "draft_shift": shift(secretary, date(2026, 12, 1), state="draft"),
        "open_shift": shift(None, date(2026, 12, 5)),
        "swappable": shift(secretary, date(2026, 12, 3)),
        "plan_change": planning.PlanChange.objects.get(after__has_key=str(undone.pk)),
        "days_off": Absence.objects.create(
            secretary=secretary,
            kind="holiday",
            from_on=date(2026, 12, 21),
            until_on=date(2026, 12, 23) + timedelta(days=1),
            asked_at=at,
        ),
        "wish": wishes.say(secretary, kind="cannot", weekday=6, at=at),
        "proposed_swap": swap(shift(colleague, date(2026, 12, 15)), secretary),
        "own_swap": swap(shift(secretary, date(2026, 12, 16)), colleague),
        "agreed_swap": agreed,
        "shift_feed": feed,
        "shift_token": token,
    }
