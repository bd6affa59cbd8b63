"""Forms of a client's address book."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Correspondent
from secretariat.office.forms.words import FreeWords


class FileForm(FreeWords, forms.Form):
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("A table (.csv) or cards (.vcf), 5 MB at most."),
    )


class WhomForm(FreeWords, forms.Form):
    q = forms.CharField(label=_("Name, firm, number or mailbox"), max_length=80, required=False)


class SamePersonForm(FreeWords, forms.Form):
    other = forms.ModelChoiceField(
        Correspondent.objects.none(), label=_("Is the same as"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = people
        self.fields["other"].label_from_instance = _described


def _described(person: Correspondent) -> str:
    """Her name, firm, numbers and place, so that two of one name are told apart."""
    known = [each.value for each in person.addresses.all()]
    places = [str(each) for each in person.postal_addresses.all()]
    return " · ".join(filter(None, (person.name, person.firm, *known, *places[:1])))
