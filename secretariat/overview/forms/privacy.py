"""What an owner says of her client's privacy."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.taking_out import Act
from secretariat.office.forms.words import FreeWords

WORDS = {
    Act.DOWNLOAD: _("Never download recordings"),
    Act.ATTACHMENTS: _("Never download what is attached to mail"),
    Act.PRINT: _("Never print messages"),
    Act.EXPORT: _("Never keep lists as a file"),
    Act.COPY: _("Never copy messages out"),
}


class ForbiddenForm(FreeWords, forms.Form):
    """What no secretary may take out, whatever the firm lets them."""

    forbids = forms.MultipleChoiceField(
        label=_("Secretaries who answer for you"),
        choices=[(act.value, words) for act, words in WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    @property
    def acts(self) -> list[Act]:
        return [Act(value) for value in self.cleaned_data["forbids"]]
