"""A mail in a client's name as it is typed, and the small forms beside it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Contact
from messages_app import filling
from messages_app.answering import asking_client, checking, making, templates
from messages_app.answering.sending_off import Said
from messages_app.mail import composing
from messages_app.models import ClientQuestion, Mailbox, MailTemplate, OutgoingMail
from secretariat.office.forms.fields import ClockInput, DayInput
from secretariat.office.forms.words import FreeWords

ADDRESSES = {"inputmode": "email", "autocomplete": "off", "spellcheck": "false"}


class OutgoingForm(FreeWords, forms.Form):
    """Checked when it is sent, never while it is typed. The hour is the client's own."""

    to = forms.CharField(label=_("To"), max_length=4000, widget=forms.TextInput(attrs=ADDRESSES))
    cc = forms.CharField(
        label=_("Copy"), max_length=4000, required=False, widget=forms.TextInput(attrs=ADDRESSES)
    )
    bcc = forms.CharField(
        label=_("Hidden copy"), max_length=4000, required=False, widget=forms.TextInput(attrs=ADDRESSES)
    )
    subject = forms.CharField(label=_("Subject"), max_length=200)
    words = forms.CharField(
        label=_("Words"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "true", "data-key": "r"}),
    )
    quote = forms.BooleanField(label=_("With the mail it answers below it"), required=False)
    send_on = forms.DateField(label=_("Send on"), required=False, widget=DayInput())
    send_at = forms.TimeField(label=_("at"), required=False, widget=ClockInput())

    def __init__(self, data=None, *, outgoing: OutgoingMail, **kwargs):
        super().__init__(data, initial=outgoing.values, **kwargs)
        self.outgoing = outgoing
        for name in ("to", "cc", "bcc"):  # the client's address book, which stands beside the form
            self.fields[name].widget.attrs |= {"list": "address-book", "data-several": ""}
        if outgoing.answers_id is None:
            del self.fields["quote"]

    def _addresses(self, name: str) -> list[str]:
        good, wrong = composing.written_addresses(self.cleaned_data.get(name, ""))
        if wrong:
            raise forms.ValidationError(
                _("This is no address that can be written to: %(wrong)s") % {"wrong": ", ".join(wrong)}
            )
        if refusals := checking.refusals_in_words(good):
            raise forms.ValidationError(refusals)
        return good

    def clean_to(self):
        found = self._addresses("to")
        if not found:
            raise forms.ValidationError(_("Say to whom it goes."))
        return found

    def clean_cc(self):
        return self._addresses("cc")

    def clean_bcc(self):
        return self._addresses("bcc")

    def clean_subject(self):
        return self._filled("subject")

    def clean_words(self):
        return self._filled("words")

    def _filled(self, name: str) -> str:
        written = self.cleaned_data[name]
        if left := templates.left_open(written, self.outgoing):
            gaps = filling.in_braces(left)
            raise forms.ValidationError(_("Fill in %(gaps)s first.") % {"gaps": gaps})
        return written

    def clean(self):
        cleaned = super().clean()
        lists = [cleaned.get(name) or [] for name in ("to", "cc", "bcc")]
        if sum(map(len, lists)) > composing.MOST_RECIPIENTS:
            self.add_error("to", _("One mail goes to fifty people at most."))
        if bool(cleaned.get("send_on")) != bool(cleaned.get("send_at")):
            self.add_error("send_at", _("Say the day and the time, or neither."))
        return cleaned

    @property
    def said(self) -> Said:
        told = self.cleaned_data
        moment = None
        if told.get("send_on"):
            zone = ZoneInfo(self.outgoing.client.zone)
            moment = datetime.combine(told["send_on"], told["send_at"], tzinfo=zone)
        return Said(
            to=told["to"],
            cc=[each for each in told["cc"] if each not in told["to"]],
            bcc=[each for each in told["bcc"] if each not in (*told["to"], *told["cc"])],
            subject=told["subject"],
            words=making.words_of({"words": told["words"], "quote": told.get("quote")}, self.outgoing),
            send_at=moment,
        )


class NewMailForm(FreeWords, forms.Form):
    """For whom a mail is begun, and to whom."""

    mailbox = forms.ModelChoiceField(queryset=Mailbox.objects.none(), label=_("In whose name"))
    to = forms.CharField(
        label=_("To"), max_length=4000, required=False, widget=forms.TextInput(attrs=ADDRESSES)
    )

    def __init__(self, data=None, *, mailboxes, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["mailbox"].queryset = mailboxes
        self.fields["mailbox"].label_from_instance = lambda box: f"{box.client.name}, {box.address}"


class EnclosureForm(FreeWords, forms.Form):
    file = forms.FileField(label=_("A file to go with it"))


class TemplateChoiceForm(FreeWords, forms.Form):
    template = forms.ModelChoiceField(queryset=MailTemplate.objects.none(), label=_("Template"))

    def __init__(self, data=None, *, offered, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["template"].queryset = offered


class TemplateForm(FreeWords, forms.Form):
    """Words that are written often."""

    client = forms.ModelChoiceField(
        queryset=Client.objects.none(), label=_("For"), required=False, empty_label=_("Every client")
    )
    name = forms.CharField(label=_("Name"), max_length=80)
    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)
    words = forms.CharField(label=_("Words"), max_length=8000, widget=forms.Textarea(attrs={"rows": 10}))

    def __init__(self, data=None, *, clients, may_be_everybodys: bool, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["client"].queryset = clients
        if not may_be_everybodys:
            self.fields["client"].required = True
            self.fields["client"].empty_label = None


# Whether there is a mailbox to write to, and whether she signs in.
HOW_TOLD = {
    (True, True): _("by mail and in the portal"),
    (True, False): _("by mail"),
    (False, True): _("in the portal alone, and no mail says so"),
    (False, False): _("neither by mail nor in the portal"),
}


class QuestionForm(FreeWords, forms.Form):
    """What the secretary asks the client before she goes on."""

    contact = forms.ModelChoiceField(queryset=Contact.objects.none(), label=_("Whom"))
    question = forms.CharField(label=_("Question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data=None, *, client, **kwargs):
        super().__init__(data, **kwargs)
        people = client.contacts.filter(is_active=True)
        self.fields["contact"].queryset = people
        self.fields["contact"].initial = people.first()
        self.mailboxes = asking_client.mailboxes(people)
        self.fields["contact"].label_from_instance = self._and_how

    def _and_how(self, contact) -> str:
        how = HOW_TOLD[contact.pk in self.mailboxes, contact.user_id is not None]
        return _("%(name)s: %(how)s") % {"name": contact.name, "how": how}


class ToldForm(FreeWords, forms.Form):
    """What somebody at the client answered by word of mouth: she who was asked, or another."""

    contact = forms.ModelChoiceField(
        queryset=Contact.objects.none(), label=_("Who said it"), empty_label=None
    )
    words = forms.CharField(
        label=_("What you were told"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write down what you were told.")},
    )

    def __init__(self, data=None, *, asked: ClientQuestion, **kwargs):
        initial = {"contact": asked.contact_id}
        super().__init__(data, initial=initial, auto_id=f"told-{asked.pk}-%s", **kwargs)
        there = Q(is_active=True) | Q(pk=asked.contact_id)
        self.fields["contact"].queryset = asked.client.contacts.filter(there)


class AnswerForm(FreeWords, forms.Form):
    answer = forms.CharField(
        label=_("Your answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class ChangeForm(FreeWords, forms.Form):
    note = forms.CharField(
        label=_("What should change"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DomainForm(FreeWords, forms.Form):
    """A domain whose records are looked at. Names of records are taken to the letter."""

    domain = forms.CharField(label=_("Domain"), max_length=190)
    selectors = forms.CharField(
        label=_("DKIM selectors"),
        max_length=400,
        required=False,
        help_text=_("As the e-mail provider names them, parted by commas."),
    )
    include = forms.CharField(
        label=_("What SPF must include"),
        max_length=190,
        required=False,
        help_text=_("As the e-mail provider says, for instance spf.mtasv.net."),
    )

    def clean_domain(self):
        domain = composing.domain_in_ascii(self.cleaned_data["domain"])
        if not composing.is_address(f"x@{domain}") or "." not in domain:
            raise forms.ValidationError(_("That is not the name of a domain, such as harlow.example."))
        return domain

    def clean_selectors(self):
        found = [each.strip().lower() for each in self.cleaned_data["selectors"].split(",")]
        return [each for each in found if each][:5]
