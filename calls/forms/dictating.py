"""Forms of dictating to the secretary: whom she hears, and a time that is booked for it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Contact
from secretariat.office.forms.fields import ClockInput, DayInput
from secretariat.office.forms.words import FreeWords

LENGTHS = [(n, _("%(n)s min") % {"n": n}) for n in (15, 30, 45, 60, 90)]


class WhoDictatesForm(FreeWords, forms.Form):
    contact = forms.ModelChoiceField(Contact.objects.none(), label=_("Who dictates"), empty_label=None)
    records = forms.BooleanField(label=_("Record it; I have said so"), required=False)

    def __init__(self, *args, people, may_record, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = people
        if not may_record:
            del self.fields["records"]


class BookDictationForm(FreeWords, forms.Form):
    contact = forms.ModelChoiceField(Contact.objects.none(), label=_("Who dictates"), empty_label=None)
    on = forms.DateField(label=_("Day"), widget=DayInput())
    at = forms.TimeField(label=_("Time, by the client’s clock"), widget=ClockInput())
    minutes = forms.TypedChoiceField(label=_("How long"), coerce=int, choices=LENGTHS, initial=30)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = people
