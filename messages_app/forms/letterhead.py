"""What stands on a client's letters, as the firm writes it in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _

from messages_app.letters import logo
from messages_app.models import Letterhead
from secretariat.office.forms.words import WordsOfModel


class LetterheadForm(WordsOfModel):
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG or JPEG, 200 kB and 3,000 pixels a side at most. It stands at the upper left."),
    )
    without_logo = forms.BooleanField(label=_("Take the logo off"), required=False)

    class Meta:
        model = Letterhead
        fields = "__all__"

    def clean_logo(self) -> bytes:
        """What is in it, once it is known that it can be drawn."""
        file = self.cleaned_data["logo"]
        if not file:
            return b""
        content = file.read(logo.LARGEST + 1)
        try:
            logo.look(content)
        except logo.NotALogo as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        return content
