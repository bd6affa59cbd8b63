"""A vacancy that is published, and somebody who reads of it."""

from decimal import Decimal

import pytest
from django.test import Client as Browser

from secretariat import clock
from secretariat.office.models import Vacancy
from secretariat.office.vacancies import publishing


@pytest.fixture
def helen(office):
    office.clock_says("2026-11-24 10:30")
    return office.supervisor()


@pytest.fixture
def vacancy(helen):
    vacancy = Vacancy(title="Mornings", work="Calls", hours_from=15, hours_to=25, rate=Decimal("14.50"))
    publishing.write(vacancy, by=helen)
    return publishing.publish(vacancy, by=helen, at=clock.now())


@pytest.fixture
def nora():
    return Browser()
