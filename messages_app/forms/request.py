"""What a client asks for in the portal, and what is answered at the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from calls.dictation import audio_kinds
from messages_app.asked_for import photographs
from messages_app.asked_for.asking import Brought
from messages_app.models import RequestFile
from secretariat.office.forms.words import FreeWords

LONGEST_VOICE = 20 * 1024 * 1024  # bytes
LARGEST_PICTURE = 10 * 1024 * 1024
MOST_PICTURES = 6
MOST_SECONDS = 3600


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Several pictures, each with what it is by its first bytes."""

    widget = SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data, initial=None):
        files = [super(PicturesField, self).clean(each, initial) for each in data or []]
        if len(files) > MOST_PICTURES:
            raise forms.ValidationError(_("Send six photographs at most."))
        return [self._brought(file) for file in files]

    def _brought(self, file) -> Brought:
        if file.size > LARGEST_PICTURE:
            raise forms.ValidationError(_("A photograph has more than 10 MB."))
        kind = photographs.kind_of(_head(file, photographs.LOOK))
        if kind is None:
            raise forms.ValidationError(_("One of these is neither a JPEG nor a PNG nor a WebP."))
        return Brought(file, RequestFile.Kind.PHOTOGRAPH, *kind)


class RequestForm(FreeWords, forms.Form):
    """Words, or her voice, or both. recorder.js puts what is recorded into the same field as a file."""

    words = forms.CharField(
        label=_("What can your secretary do for you?"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    voice = forms.FileField(
        label=_("Voice note"),
        required=False,
        help_text=_("Instead of words, or beside them. 20 MB at most."),
        widget=forms.FileInput(attrs={"accept": "audio/*,.m4a,.webm", "data-recorder-file": ""}),
    )
    pictures = PicturesField(label=_("Photographs"), required=False, help_text=_("Six at most, 10 MB each."))
    urgent = forms.BooleanField(label=_("It is urgent"), required=False)
    recorded = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_SECONDS,
        widget=forms.HiddenInput(attrs={"data-recorder-seconds": ""}),
    )

    def clean_voice(self):
        file = self.cleaned_data["voice"]
        if not file:
            return None
        if file.size > LONGEST_VOICE:
            raise forms.ValidationError(_("The voice note has more than 20 MB. Say it in pieces."))
        kind = audio_kinds.kind_of(_head(file, audio_kinds.LOOK))
        if kind is None:
            raise forms.ValidationError(_("That is no recording that can be played here."))
        return Brought(file, RequestFile.Kind.VOICE, *kind)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("words", "").strip() and not cleaned.get("voice"):
            raise forms.ValidationError(_("Write or say what you would like."))
        return cleaned

    @property
    def brought(self) -> list[Brought]:
        said = self.cleaned_data
        voice = said["voice"]
        if voice is None:
            return said["pictures"]
        voice = Brought(voice.content, voice.kind, voice.content_type, voice.suffix, said["recorded"])
        return [voice, *said["pictures"]]


class AnswerForm(FreeWords, forms.Form):
    words = forms.CharField(
        label=_("What you tell the client"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 5})
    )


def _head(file, length: int) -> bytes:
    head = file.read(length)
    file.seek(0)
    return head
