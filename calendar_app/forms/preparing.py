"""What is written and added for a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from calendar_app import preparing
from secretariat.office.forms.words import FreeWords


class PreparationForm(FreeWords, forms.Form):
    words = forms.CharField(
        label=_("What to prepare"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Stands in the agenda of the evening before."),
    )
    paper = forms.FileField(
        label=_("Add a file"),
        required=False,
        help_text=_("10 MB at most. Only those who see the meeting can open it."),
    )

    def clean_paper(self):
        paper = self.cleaned_data["paper"]
        if paper and paper.size > preparing.LARGEST:
            raise forms.ValidationError(_("This file is larger than 10 MB."))
        return paper
