"""What a client types to have her mail read and answered: where it lies, how she writes, what is urgent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from messages_app.mail import presets
from messages_app.mail.connecting import Servers
from messages_app.models import Mailbox, MailRule, Security
from secretariat.office.forms.words import FreeWords

SECURE = [(each.value, each.label) for each in (Security.TLS, Security.STARTTLS)]
PROVIDERS = [
    ("", _("Told by the address")),
    ("gmail", _("Google Workspace or Gmail")),
    ("microsoft", _("Microsoft 365 or Outlook")),
    ("icloud", "iCloud"),
    ("fastmail", "Fastmail"),
    ("yahoo", "Yahoo"),
]
LETTERS = "the name of a server"


class ConnectForm(FreeWords, forms.Form):
    """Her address and password; where the servers are is known of most, and asked of the rest."""

    as_typed = {
        "username": "a name that another server gave, sealed",
        "imap_host": LETTERS,
        "smtp_host": LETTERS,
    }
    address = forms.EmailField(label=_("E-mail address"), max_length=254)
    password = forms.CharField(
        label=_("Password"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "Gmail, iCloud, Fastmail and Yahoo want an app password, which you make there and can take back."
        ),
    )
    name = forms.CharField(label=_("Name that others see"), max_length=120, required=False)
    provider = forms.ChoiceField(label=_("Provider"), choices=PROVIDERS, required=False)
    username = forms.CharField(
        label=_("User name"), max_length=254, required=False, help_text=_("Usually the address itself.")
    )
    imap_host = forms.CharField(label=_("IMAP server"), max_length=253, required=False)
    imap_port = forms.IntegerField(label=_("IMAP port"), min_value=1, max_value=65535, required=False)
    imap_security = forms.ChoiceField(label=_("IMAP security"), choices=SECURE, required=False)
    smtp_host = forms.CharField(label=_("SMTP server"), max_length=253, required=False)
    smtp_port = forms.IntegerField(label=_("SMTP port"), min_value=1, max_value=65535, required=False)
    smtp_security = forms.ChoiceField(label=_("SMTP security"), choices=SECURE, required=False)
    FIRST = ("address", "password", "name")

    @property
    def first(self):
        return [self[name] for name in self.FIRST]

    @property
    def further(self):
        return [field for field in self if field.name not in self.FIRST]

    @property
    def further_is_asked(self) -> bool:
        """Whether what she left to us is open: something there was typed, or is wrong."""
        return any(field.errors or field.value() for field in self.further if field.name[-8:] != "security")

    def clean(self):
        said = super().clean()
        known = presets.preset_for(said.get("address", ""), said.get("provider", ""))
        if known.note == "oauth" and not said.get("imap_host"):
            self.add_error(
                "address",
                _(
                    "%(service)s takes no password from other programs. Go back to Mail, choose Microsoft 365"
                    " or Outlook, and agree there."
                )
                % {"service": known.name},
            )
        return said

    @property
    def servers(self) -> Servers:
        said = self.cleaned_data
        known = presets.preset_for(said["address"], said["provider"])
        return Servers(
            self._server("imap", known.imap),
            self._server("smtp", known.smtp),
            said["username"] or said["address"].lower(),
        )

    def _server(self, kind: str, known: tuple[str, int, str]) -> tuple[str, int, str]:
        said = self.cleaned_data
        if not said[f"{kind}_host"]:
            return known
        security = said[f"{kind}_security"] or Security.TLS
        usual = {"imap": {"tls": 993, "starttls": 143}, "smtp": {"tls": 465, "starttls": 587}}
        return said[f"{kind}_host"].strip().lower(), said[f"{kind}_port"] or usual[kind][security], security


class ForwardForm(FreeWords, forms.Form):
    """The address whose mail she has sent on to us."""

    address = forms.EmailField(label=_("E-mail address"), max_length=254)
    name = forms.CharField(label=_("Name that others see"), max_length=120, required=False)


class OursForm(FreeWords, forms.Form):
    """What stands before the @ of an address of ours."""

    as_typed = {"word": "part of an address"}
    word = forms.RegexField(
        r"^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$",
        label=_("What stands before the @"),
        max_length=21,  # with a word of ours behind it, by which answers are known, an address has 64 there
        error_messages={"invalid": _("Letters without accents, digits, and between them . _ or - alone.")},
    )
    name = forms.CharField(label=_("Name that others see"), max_length=120, required=False)


class MailboxForm(FreeWords, forms.ModelForm):
    """How mail is answered from it."""

    class Meta:
        model = Mailbox
        fields = ["name", "signature", "tone", "answer_hours"]
        fields += ["needs_approval", "acknowledges", "may_mark_read"]
        widgets = {"signature": forms.Textarea(attrs={"rows": 4}), "tone": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "tone": _(
                "What your secretary reads before she answers: first names or not, how long, what never."
            ),
            "answer_hours": _("Hours of your opening times, from when a mail comes in."),
            "acknowledges": _(
                "Once a day each; never a machine, a mailing list, or what a rule of yours keeps for later."
            ),
            "may_mark_read": _("Once somebody here has opened it. Otherwise it stays unread for you."),
        }


# What is said of the client elsewhere is said to her here.
TO_HER = {
    MailRule.Known.KNOWN: _("Somebody you know"),
    MailRule.Known.VIP: _("Somebody important to you"),
    MailRule.Hours.OPEN: _("While you are open"),
    MailRule.Hours.CLOSED: _("While you are closed"),
}


class RuleForm(FreeWords, forms.ModelForm):
    """Mail of one sort, and what is done with it. What is left empty is not asked about."""

    as_typed = {"sender": "an address or a domain"}

    class Meta:
        model = MailRule
        fields = ["verdict", "sender", "company", "subject", "words", "known", "hours", "with_attachment"]
        fields += ["within_hours", "later_days", "contact", "mailbox"]
        help_texts = {
            "sender": _("dana@harlow.example, or harlow.example for everybody there."),
            "subject": _("Several are divided by commas; any of them will do."),
            "within_hours": _("Only of what is to be answered; otherwise as with the mailbox."),
            "later_days": _("Only of what is for later; otherwise three days."),
            "contact": _("Only of what is urgent; otherwise as your notifications say."),
        }

    def __init__(self, *args, people, mailboxes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = people
        self.fields["contact"].empty_label = _("As your notifications say")
        self.fields["mailbox"].queryset = mailboxes
        self.fields["mailbox"].empty_label = _("Every mailbox")
        for name, choices in (("known", MailRule.Known.choices), ("hours", MailRule.Hours.choices)):
            self.fields[name].choices = [(value, TO_HER.get(value, label)) for value, label in choices]

    def clean_sender(self):
        return self.cleaned_data["sender"].strip().lower().removeprefix("@")


class RehearsalForm(FreeWords, forms.Form):
    """A mail that was never written."""

    as_typed = {"sender": "an address"}
    sender = forms.CharField(label=_("Who writes"), max_length=254, required=False)
    subject = forms.CharField(label=_("Subject"), max_length=240, required=False)
    words = forms.CharField(
        label=_("Words"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    mailbox = forms.ModelChoiceField(label=_("To which mailbox"), queryset=None, empty_label=None)
    attachment = forms.BooleanField(label=_("With an attachment"), required=False)
    machine = forms.BooleanField(label=_("Written by a machine"), required=False)
    closed = forms.BooleanField(label=_("While you are closed"), required=False)

    def __init__(self, *args, mailboxes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mailbox"].queryset = mailboxes
        if mailboxes.count() < 2:  # there is nothing to choose
            del self.fields["mailbox"]
