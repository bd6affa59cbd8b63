"""What the books hold of people. Hours and bills are kept as the law asks."""

from django.utils.translation import gettext_lazy as _

from secretariat.office.personal import EMPLOYMENT
from secretariat.retention.registry import Whose, personal

from .models import Correction, Week

personal(
    Week,
    "sent_back_because",
    what=_("what was not right with a week of hers"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
personal(
    Correction,
    "because",
    what=_("why time worked was corrected, and what else she did"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
