"""What the client says to an invitation of somebody else's."""

from django import forms
from django.utils.translation import gettext_lazy as _

from calendar_app.models import InvitedTo
from secretariat.office.forms.words import FreeWords

State = InvitedTo.State


class AnswerForm(FreeWords, forms.Form):
    answer = forms.ChoiceField(
        choices=[(each.value, each.label) for each in (State.ACCEPTED, State.TENTATIVE, State.DECLINED)]
    )
    words = forms.CharField(
        label=_("What to say with it"),
        max_length=240,
        required=False,
        help_text=_("Whoever invites reads it."),
    )
