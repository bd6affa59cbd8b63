"""Forms of serial letters: to whom, and the words they share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import AddressImport
from messages_app.models import LetterTemplate, SerialLetter
from secretariat.office.forms.words import FreeWords


class NewSerialForm(FreeWords, forms.Form):
    template = forms.ModelChoiceField(
        LetterTemplate.objects.none(), required=False, label=_("Template"), empty_label=_("Empty letters")
    )
    file = forms.ModelChoiceField(
        AddressImport.objects.none(),
        required=False,
        label=_("To whom"),
        empty_label=_("Everybody in the address book who has a postal address"),
        help_text=_("Or only those of one file that was read into it."),
    )
    words = forms.CharField(
        label=_("Only whose name, firm or town has these words"), max_length=80, required=False
    )

    def __init__(self, *args, templates, imports, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = templates
        self.fields["file"].queryset = imports


class SerialForm(FreeWords, forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = SerialLetter
        fields = ["layout", "dated_on", "subject", "salutation", "body", "closing", "enclosures"]
        labels = {
            "layout": _("Envelope"),
            "dated_on": _("Date"),
            "subject": _("Subject"),
            "salutation": _("Salutation"),
            "body": _("Words"),
            "closing": _("Closing"),
            "enclosures": _("Enclosures, a line each"),
        }
        help_texts = {
            "salutation": _("{salutation} addresses each by her title, where one stands in her name."),
            "body": _("An empty line begins a paragraph. {name} and {firm} stand for whom it goes to."),
        }
        widgets = {
            "body": forms.Textarea(attrs={"rows": 14}),
            "enclosures": forms.Textarea(attrs={"rows": 2}),
            "dated_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
