"""Terms of confidentiality, and what went wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Lapse
from secretariat.office.forms.words import FreeWords
from secretariat.office.models import Secretary


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


class ClientReportForm(FreeWords, forms.Form):
    """What somebody at a client reports of her own matters."""

    kind = forms.ChoiceField(
        label=_("What kind"),
        choices=Lapse.Kind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes nearest.")},
    )
    what = forms.CharField(
        label=_("What happened"),
        help_text=_("When, where, who may have seen or heard what. It need not be certain."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what happened.")},
    )


class ReportForm(ClientReportForm):
    """What somebody who works here reports, of whichever client."""

    client = forms.ModelChoiceField(
        label=_("Client concerned"),
        queryset=Client.objects.none(),
        required=False,
        empty_label=_("None, or not known"),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.visible_to(user).order_by("name")
        self.fields["what"].help_text = _(
            "When, where, who may have seen what. Write no more of a client than is needed."
        )


class TellForm(FreeWords, forms.Form):
    """What the client is told of it."""

    words = forms.CharField(
        label=_("What the client is told"),
        help_text=_("What happened, what of hers is concerned, and what is done about it."),
        max_length=900,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what the client is told.")},
    )
    was_told = forms.BooleanField(
        label=_("I have told the client already, by another way: send no mail."), required=False
    )


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
    about = forms.ModelChoiceField(
        label=_("Whom it concerns"),
        help_text=_("It stands on her record, and she is told that something is decided."),
        queryset=Secretary.objects.none(),
        required=False,
        empty_label=_("Nobody in particular"),
    )
    said_to_her = forms.CharField(
        label=_("What she is told"),
        help_text=_("She reads this at her desk. A warning is these words."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, user, lapse, **kwargs):
        super().__init__(*args, **kwargs)
        self.lapse = lapse
        people = Secretary.objects.visible_to(user).select_related("user")
        self.fields["about"].queryset = people.order_by("spoken_name", "pk")
        self.fields["about"].label_from_instance = lambda her: her.user.name

    def clean(self):
        said = super().clean()
        what, about = said.get("consequence"), said.get("about")
        if what in Lapse.OF_SOMEBODY and about is None and "about" not in self.errors:
            self.add_error("about", _("Say whom it concerns."))
        if what == Lapse.Consequence.WARNING and not said.get("said_to_her"):
            self.add_error("said_to_her", _("Write the warning: she reads it at her desk."))
        if said.get("said_to_her") and about is None and "about" not in self.errors:
            self.add_error("about", _("Say who is told this."))
        if what == Lapse.Consequence.NONE and said.get("said_to_her"):
            words = _("Nothing stands on her record then, and she reads nothing here: tell her yourself.")
            self.add_error("said_to_her", words)
        if what == Lapse.Consequence.OFF_TEAM and self.lapse.client_id is None:
            self.add_error("consequence", _("No client is concerned by it: there is no team to leave."))
        return said
