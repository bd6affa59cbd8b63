"""Terms of confidentiality, and what went wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Lapse
from secretariat.office.forms.words import FreeWords


class TermsForm(FreeWords, forms.Form):
    words = forms.CharField(
        label=_("Terms"),
        help_text=_("A change is a new version: everybody on the team accepts it before her next call."),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Write the terms.")},
    )


class AcceptForm(FreeWords, forms.Form):
    agreed = forms.BooleanField(
        label=_("I have read these terms and keep to them."),
        error_messages={"required": _("Tick this to accept the terms.")},
    )


class ReportForm(FreeWords, forms.Form):
    """What somebody reports. It need not be certain."""

    kind = forms.ChoiceField(
        label=_("What kind"),
        choices=Lapse.Kind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes nearest.")},
    )
    what = forms.CharField(
        label=_("What happened"),
        help_text=_("When, where, who may have seen what. Write no more of a client than is needed."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what happened.")},
    )
    client = forms.ModelChoiceField(
        label=_("Client concerned"),
        queryset=Client.objects.none(),
        required=False,
        empty_label=_("None, or not known"),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.visible_to(user).order_by("name")


class NoteForm(FreeWords, forms.Form):
    words = forms.CharField(
        label=_("What you found"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you found.")},
    )


class CloseForm(FreeWords, forms.Form):
    consequence = forms.ChoiceField(
        label=_("Consequence"),
        choices=Lapse.Consequence,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what followed. It stands on the record.")},
    )
    findings = forms.CharField(
        label=_("What was found, and what was done"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what was found.")},
    )
    client_told = forms.BooleanField(label=_("The client was told"), required=False)
