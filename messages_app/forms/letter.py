"""Forms of letters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Correspondent
from messages_app.letters.addresses import countries
from messages_app.models import LetterTemplate, LetterVersion
from secretariat.office.forms.words import FreeWords


class NewLetterForm(FreeWords, forms.Form):
    """What a letter begins with, both of the client it is for."""

    template = forms.ModelChoiceField(
        LetterTemplate.objects.none(), required=False, label=_("Template"), empty_label=_("An empty letter")
    )
    correspondent = forms.ModelChoiceField(
        Correspondent.objects.none(),
        required=False,
        label=_("To whom"),
        empty_label=_("Somebody else"),
        help_text=_("From the client’s address book."),
    )

    def __init__(self, *args, templates, correspondents, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = templates
        self.fields["correspondent"].queryset = correspondents


class LetterTemplateForm(FreeWords, forms.ModelForm):
    client = forms.ModelChoiceField(Client.objects.none(), label=_("For"), empty_label=None)

    class Meta:
        model = LetterTemplate
        fields = ["client", "name", "subject", "salutation", "body", "closing", "enclosures"]
        labels = {
            "name": _("Name"),
            "subject": _("Subject"),
            "salutation": _("Salutation"),
            "body": _("Words"),
            "closing": _("Closing"),
            "enclosures": _("Enclosures, a line each"),
        }
        help_texts = {"body": _("An empty line begins a paragraph.")}
        widgets = {
            "body": forms.Textarea(attrs={"rows": 12}),
            "enclosures": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, clients, fixed: bool, **kwargs):
        """`fixed`: whose it is was said when it was written first."""
        super().__init__(*args, **kwargs)
        if fixed:
            del self.fields["client"]
        else:
            self.fields["client"].queryset = clients


class LetterForm(FreeWords, forms.ModelForm):
    country = forms.ChoiceField(label=_("Country"))
    remember = forms.BooleanField(label=_("Keep this address in the client’s address book"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = LetterVersion
        fields = [
            *("name", "firm", "street", "city", "postcode", "region", "country"),
            *("layout", "dated_on", "subject", "salutation", "body", "closing", "enclosures"),
        ]
        labels = {
            "name": _("Name"),
            "firm": _("Firm"),
            "street": _("Street, a line each"),
            "city": _("Town"),
            "layout": _("Envelope"),
            "dated_on": _("Date"),
            "subject": _("Subject"),
            "salutation": _("Salutation"),
            "body": _("Words"),
            "closing": _("Closing"),
            "enclosures": _("Enclosures, a line each"),
        }
        help_texts = {"body": _("An empty line begins a paragraph.")}
        widgets = {
            "street": forms.Textarea(attrs={"rows": 2}),
            "body": forms.Textarea(attrs={"rows": 14}),
            "enclosures": forms.Textarea(attrs={"rows": 2}),
            "dated_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = countries()


class WishForm(FreeWords, forms.Form):
    words = forms.CharField(
        label=_("What is to be changed"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
