"""What is asked of the list of meetings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from calendar_app.models import Meeting
from secretariat.office.forms.fields import DayInput
from secretariat.office.forms.words import FreeWords

SHOW = [
    ("", _("All")),
    ("coming", _("To come")),
    ("past", _("Over")),
    ("held", _("Held")),
    ("cancelled", _("Cancelled")),
    ("open", _("Over, and no outcome noted")),
    *Meeting.Outcome.choices,
]


class SearchInput(forms.TextInput):
    input_type = "search"


class FindForm(FreeWords, forms.Form):
    """Every field may be left out; what cannot be read is as if it were."""

    q = forms.CharField(label=_("Find"), required=False, max_length=120)
    show = forms.ChoiceField(label=_("Show"), required=False, choices=SHOW)
    from_on = forms.DateField(label=_("From"), required=False, widget=DayInput())
    until_on = forms.DateField(label=_("Until"), required=False, widget=DayInput())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = _("Guest, subject, place or number")
        self.fields["q"].widget = SearchInput(
            attrs={"placeholder": words, "autocomplete": "off", "data-key": "/"}
        )
