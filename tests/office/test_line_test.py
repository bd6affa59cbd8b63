"""Her home office and its line: tried by herself, and read by whoever engages her."""

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.office.models import Application, LineTest, Step, Vacancy
from secretariat.office.vacancies import steps

GOOD = {"trip_ms": "38", "lost": "0", "heard": "on", "quiet": "on", "unseen": "on", "spare": "My mobile"}


@pytest.mark.parametrize(
    ("but", "is_good"),
    [({}, True), ({"trip_ms": "151"}, False), ({"lost": "1"}, False), ({"lost": ""}, False)]
    + [({name: ""}, False) for name in ("heard", "quiet", "unseen")],
)
def test_a_line_is_good_that_is_quick_whole_heard_and_her_own(office, but, is_good):
    ida = office.secretary("Ida", ready=False)
    kept = office.browser(ida).post(reverse("line-test"), GOOD | but, follow=True).content.decode()
    assert LineTest.objects.get().is_good is is_good
    assert ("The line is good" in kept) is is_good


def test_what_she_found_is_read_beside_her_step(office):
    office.clock_says("2026-11-24 10:30")
    helen, ida, at = office.supervisor(), office.secretary("Ida", ready=False), clock.now()
    vacancy = Vacancy.objects.create(title="Mornings", work="Calls", hours_from=9, hours_to=20, made_by=helen)
    applied = Application.objects.create(
        vacancy=vacancy, email="ida@example.com", name="Ida", state="invited", secretary=ida, sent_at=at,
        agreed_at=at,
    )  # fmt: skip

    def known() -> str:
        return next(
            each.known.words for each in steps.standing(applied, at=at) if each.kind == Step.Kind.HOME
        )

    assert "She has not tried her line yet" in known()
    hers = office.browser(ida)
    assert hers.post(reverse("line-test"), GOOD | {"spare": ""}).status_code == 422
    hers.post(reverse("line-test"), GOOD | {"trip_ms": "420", "lost": "2"})
    assert "not good yet: 420 ms there and back, 2 of 20 lost" in known()
    office.passes(60)
    hers.post(reverse("line-test"), GOOD)
    assert "Her line is good: 38 ms there and back" in known()
