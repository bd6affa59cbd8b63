"""What is known of the first calls of somebody who learns, and whether somebody is there for them."""

from datetime import datetime

from secretariat.office.models import Secretary, Step
from secretariat.office.vacancies.known import Known

from .supervision import first_calls


def known(secretary: Secretary, *, at: datetime) -> dict[Step.Kind, Known]:
    return {Step.Kind.FIRST_CALLS: first_calls.known(secretary)}


def why_no_shift(secretary: Secretary, *, at: datetime) -> str:
    return first_calls.why_no_shift(secretary)
