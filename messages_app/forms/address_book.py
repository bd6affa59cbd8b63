"""Forms of a client's address book."""

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.office.forms.words import FreeWords


class FileForm(FreeWords, forms.Form):
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("A table (.csv) or cards (.vcf), 5 MB at most."),
    )


class WhomForm(FreeWords, forms.Form):
    q = forms.CharField(label=_("Name, firm, number or mailbox"), max_length=80, required=False)
