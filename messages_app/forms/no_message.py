from django import forms
from django.utils.translation import gettext_lazy as _

from calls.wrap_up import NO_MESSAGE_REASONS


class NoMessageForm(forms.Form):
    """Why a call ends without a message: a reason of the trade, never a blank."""

    reason = forms.ChoiceField(
        choices=NO_MESSAGE_REASONS, widget=forms.RadioSelect, label=_("Why no message?")
    )

    def __init__(self, data=None, *, call):
        super().__init__(data)
        self.call, self.client = call, call.client
