from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office.forms.words import FreeWords
from secretariat.office.models import Suspension


class SuspendForm(FreeWords, forms.Form):
    """Why somebody is shut out."""

    reason = forms.ChoiceField(
        label=_("Why"),
        choices=Suspension.Reason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why. It stands on the record.")},
    )
    note = forms.CharField(label=_("Note, for the firm only"), max_length=240, required=False)

    def clean(self):
        said = super().clean()
        if said.get("reason") == Suspension.Reason.OTHER and not said.get("note"):
            self.add_error("note", _("Say in a few words what it is."))
        return said
