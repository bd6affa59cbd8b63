from django import forms
from django.utils.translation import gettext_lazy as _

from calls.models import Call
from secretariat.office.forms.words import FreeWords


class NoMessageForm(FreeWords, forms.Form):
    """Why a call ends without a message: a reason of the trade, never a blank."""

    reason = forms.ChoiceField(
        choices=Call.NoMessage.choices, widget=forms.RadioSelect, label=_("Why no message?")
    )

    def __init__(self, data=None, *, call):
        super().__init__(data)
        self.call, self.client = call, call.client
