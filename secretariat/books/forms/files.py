"""Files that go with work by proposal: how large, how many, and no programs."""

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from messages_app.forms.request import SeveralFiles
from messages_app.mail import kinds

MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 6


def kind_of(file: File) -> str:
    """Its content type, by its first bytes. Raises ValidationError where it is not taken."""
    if file.size > MOST_BYTES:
        raise forms.ValidationError(_("The file has more than 20 MB."))
    found = kinds.kind_of(file.read(MOST_BYTES))
    file.seek(0)
    if found in kinds.RUNS:
        raise forms.ValidationError(_("That is a program. Nobody would open it."))
    return found


class SeveralField(forms.FileField):
    """Several of them, each with its content type."""

    widget = SeveralFiles

    def clean(self, data, initial=None) -> list[tuple[File, str]]:
        files = [super(SeveralField, self).clean(each, initial) for each in data or []]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Add six files at most; more of them can follow."))
        return [(file, kind_of(file)) for file in files]
