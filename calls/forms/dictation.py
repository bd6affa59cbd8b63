"""What somebody who dictates gives us in the portal: her PIN, or a recording."""

from django import forms
from django.utils.translation import gettext_lazy as _

from calls.dictation import audio_kinds
from calls.dictation.pins import LONGEST, SHORTEST
from secretariat.office.forms.words import FreeWords

MOST_BYTES = 50 * 1024 * 1024
MOST_SECONDS = 4 * 3600
DIGITS = {"inputmode": "numeric", "autocomplete": "new-password"}


class PinForm(FreeWords, forms.Form):
    pin = forms.CharField(
        label=_("New PIN"),
        max_length=LONGEST,
        strip=True,
        min_length=SHORTEST,
        help_text=_("At least six digits. You key it in at the telephone."),
        widget=forms.PasswordInput(attrs=DIGITS),
    )
    again = forms.CharField(
        label=_("The same once more"), max_length=LONGEST, widget=forms.PasswordInput(attrs=DIGITS)
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("pin") and cleaned.get("again") and cleaned["pin"] != cleaned["again"]:
            self.add_error("again", _("This is not the same as above."))
        return cleaned


class RecordingForm(FreeWords, forms.Form):
    """A recording from a file, or made in the browser: recorder.js puts it into the same field."""

    file = forms.FileField(
        label=_("Recording"),
        help_text=_("MP3, M4A, OGG, WAV or WebM, 50 MB at most."),
        widget=forms.FileInput(attrs={"accept": "audio/*,.m4a,.webm", "data-recorder-file": ""}),
    )
    note = forms.CharField(label=_("Note"), max_length=240, required=False)
    urgent = forms.BooleanField(label=_("It is urgent"), required=False)
    recorded = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_SECONDS,
        widget=forms.HiddenInput(attrs={"data-recorder-seconds": ""}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The recording has more than 50 MB. Send it in pieces."))
        head = file.read(audio_kinds.LOOK)
        file.seek(0)
        self.kind = audio_kinds.kind_of(head)
        if self.kind is None:
            raise forms.ValidationError(_("That is no recording that can be played here."))
        return file
