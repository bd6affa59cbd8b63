"""Forms of dictating to the secretary: whom she hears, and a time that is booked for it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from calls.dictation.booking import OnTheLine
from clients.models import Contact
from secretariat.office.forms.fields import ClockInput, DayInput
from secretariat.office.forms.words import FreeWords
from secretariat.office.models import Secretary

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
    """`people` at the client, of whom one dictates; `team`: who may type, and who may listen besides.

    `place`, in the portal: the town by whose clock the client's diary goes.
    """

    contact = forms.ModelChoiceField(Contact.objects.none(), label=_("Who dictates"), empty_label=None)
    typist = forms.ModelChoiceField(Secretary.objects.none(), label=_("Who types"), empty_label=None)
    on = forms.DateField(label=_("Day"), widget=DayInput())
    at = forms.TimeField(label=_("Time, by the client’s clock"), widget=ClockInput())
    minutes = forms.TypedChoiceField(label=_("How long"), coerce=int, choices=LENGTHS, initial=30)
    contacts = forms.ModelMultipleChoiceField(
        Contact.objects.none(),
        label=_("Rung as well, at the client"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    colleagues = forms.ModelMultipleChoiceField(
        Secretary.objects.none(),
        label=_("Rung as well, of the office"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, people, team, place="", **kwargs):
        super().__init__(*args, **kwargs)
        if place:
            self.fields["at"].label = _("Time, in %(place)s") % {"place": place}
            self.fields["contacts"].label = _("Rung as well, of your people")
        for name in ("contact", "contacts"):
            self.fields[name].queryset = people
        for name in ("typist", "colleagues"):
            self.fields[name].queryset = team
            self.fields[name].label_from_instance = lambda secretary: secretary.spoken_name
        # Whoever dictates and whoever types are rung in any case: with nobody else there is nothing to ask.
        for name, rows in (("contacts", people), ("colleagues", team)):
            if len(rows) < 2:
                del self.fields[name]

    def who(self) -> OnTheLine:
        said = self.cleaned_data
        return OnTheLine(said["typist"], tuple(said.get("contacts", ())), tuple(said.get("colleagues", ())))


class TakeOverForm(FreeWords, forms.Form):
    """Who of ours types it instead."""

    to = forms.ModelChoiceField(Secretary.objects.none(), label=_("Who types it instead"), empty_label=None)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people
        self.fields["to"].label_from_instance = lambda secretary: secretary.spoken_name
