"""What is typed of a dictation, with the fields of what is to come of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from messages_app.answering import checking
from messages_app.dictated import guests, making, stamps
from messages_app.letters import addresses, phrases, sheets
from messages_app.letters.addresses import Address, countries
from messages_app.mail import composing
from messages_app.models import DictatedDraft, Message
from secretariat.office.forms.fields import ClockInput, DayInput
from secretariat.office.forms.words import FreeWords

Kind = DictatedDraft.Kind
ALWAYS = ("words", "wording")
OF_KIND = {
    Kind.MAIL: ("mailbox", "to", "cc", "bcc", "subject"),
    Kind.LETTER: (
        *("name", "firm", "street", "city", "postcode", "region", "country"),
        *("subject", "salutation", "closing"),
    ),
    Kind.MESSAGE: ("contact", "urgency"),
    Kind.TASK: ("due_on",),
    Kind.MEETING: ("subject", "on", "at", "minutes", "guests"),
}
NEEDED = {
    Kind.MAIL: ("mailbox", "to", "subject"),
    Kind.LETTER: ("street", "city", "country", "subject", "salutation", "closing"),
    Kind.MESSAGE: ("contact", "urgency"),
    Kind.TASK: (),
    Kind.MEETING: ("subject", "on", "at", "minutes"),
}
PARTS = ("name", "firm", "street", "city", "postcode", "region", "country")
ADDRESSES = {"inputmode": "email", "autocomplete": "off", "spellcheck": "false"}


class DictatedForm(FreeWords, forms.Form):
    """Checked when it is shown to the client, never while it is typed."""

    mailbox = forms.ChoiceField(label=_("From"), required=False)
    to = forms.CharField(
        label=_("To"), max_length=4000, required=False, widget=forms.TextInput(attrs=ADDRESSES)
    )
    cc = forms.CharField(
        label=_("Copy to"), max_length=4000, required=False, widget=forms.TextInput(attrs=ADDRESSES)
    )
    bcc = forms.CharField(
        label=_("Blind copy to"), max_length=4000, required=False, widget=forms.TextInput(attrs=ADDRESSES)
    )
    contact = forms.ChoiceField(label=_("For"), required=False)
    urgency = forms.ChoiceField(label=_("Urgency"), choices=Message.Urgency.choices, required=False)
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    firm = forms.CharField(label=_("Firm"), max_length=120, required=False)
    street = forms.CharField(
        label=_("Street, a line each"),
        max_length=240,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    city = forms.CharField(label=_("Town"), max_length=120, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    region = forms.CharField(label=_("Region or state"), max_length=80, required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    subject = forms.CharField(label=_("Subject"), max_length=160, required=False)
    salutation = forms.CharField(label=_("Salutation"), max_length=120, required=False)
    due_on = forms.DateField(label=_("To be done by"), required=False, widget=DayInput())
    on = forms.DateField(label=_("Day"), required=False, widget=DayInput())
    at = forms.TimeField(label=_("Begins at, by the client’s clock"), required=False, widget=ClockInput())
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=1440, required=False)
    guests = forms.CharField(
        label=_("Guests, a line each"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("A name, an address, or both: Dana Reyes &lt;dana@harlow.example&gt;."),
    )
    words = forms.CharField(
        label=_("Words"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "true", "data-player-words": ""}),
    )
    closing = forms.CharField(label=_("Closing"), max_length=120, required=False)
    wording = forms.ChoiceField(
        label=_("Wording"), choices=DictatedDraft.Wording.choices, widget=forms.RadioSelect
    )

    def __init__(self, data=None, *, draft: DictatedDraft, **kwargs):
        ours = phrases.of(draft.client.language)
        begin = {"salutation": ours.opening, "closing": ours.closing, "country": draft.client.country}
        begin |= {"urgency": Message.Urgency.NORMAL, "minutes": 30, "wording": draft.wording}
        super().__init__(data, initial=begin | draft.values, **kwargs)
        self.draft = draft
        kind = Kind(draft.kind)
        for name in list(self.fields):
            if name not in (*ALWAYS, *OF_KIND[kind]):
                del self.fields[name]
            elif name in NEEDED[kind]:
                self.fields[name].required = True
        self._choose(draft)

    def _choose(self, draft: DictatedDraft) -> None:
        if "mailbox" in self.fields:
            boxes = draft.client.mailboxes.filter(ended_at=None).order_by("address")
            self.fields["mailbox"].choices = [(str(box.pk), box.address) for box in boxes]
            self.fields["mailbox"].error_messages["required"] = _("The client has no mailbox here yet.")
        if "contact" in self.fields:
            people = draft.client.contacts.filter(is_active=True)
            self.fields["contact"].choices = [(str(each.pk), each.name) for each in people]
        if "country" in self.fields:
            self.fields["country"].choices = countries()

    @property
    def of_its_kind(self):
        """Its own fields, which stand above the words."""
        return [self[name] for name in OF_KIND[Kind(self.draft.kind)] if name != "closing"]

    def clean_to(self):
        return self._addresses("to")

    def clean_cc(self):
        return self._addresses("cc")

    def clean_bcc(self):
        return self._addresses("bcc")

    def _addresses(self, name: str) -> str:
        to = self.cleaned_data[name]
        good, wrong = composing.written_addresses(to)
        if wrong:
            raise forms.ValidationError(
                _("This is no address that can be written to: %(wrong)s") % {"wrong": ", ".join(wrong)}
            )
        if refusals := checking.refusals_in_words(good):
            raise forms.ValidationError(refusals)
        return to

    def clean_guests(self):
        typed = self.cleaned_data["guests"]
        if against := guests.refusal(typed):
            raise forms.ValidationError(against)
        return typed

    def clean_words(self):
        words = self.cleaned_data["words"]
        if left := stamps.stamps_in(words):
            raise forms.ValidationError(
                _("Positions in the recording are still in the text, to be heard again: %(stamps)s.")
                % {"stamps": ", ".join(left)}
            )
        if said := making.too_long(self.draft.kind, words.replace("\r\n", "\n")):
            raise forms.ValidationError(said)
        return words

    def clean(self):
        cleaned = super().clean()
        if self.draft.kind == Kind.LETTER:
            place = Address(**{part: cleaned.get(part, "") for part in PARTS})
            for lacks in addresses.missing(place):
                if lacks == "name":
                    self.add_error("name", _("Say to whom it goes: a name or a firm."))
                elif lacks not in self.errors:
                    self.add_error(lacks, sheets.WHAT_IS_MISSING[lacks])
        return cleaned


class WishForm(FreeWords, forms.Form):
    words = forms.CharField(
        label=_("What is to be changed"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4})
    )
