"""What is said of a milestone: handed in, sent back, disputed, settled; and how it all went."""

from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.books.briefs.milestones import Settlement
from secretariat.books.models import Milestone, Pays, Side
from secretariat.office.forms.fields import FigureField
from secretariat.office.forms.words import FreeWords

from .briefs import BecauseForm, FileForm, ThroughTheFirm, words_field
from .time import StretchForm


class HandInForm(ThroughTheFirm, FileForm):
    """What there is now. A commission says what it brought."""

    open_words = ("words",)
    words = words_field(_("What is there now"), most=2000, missing=_("Say in a few words what is there."))
    field_order = ("words", "result", "file")

    def __init__(self, *args, pays: str = Pays.FIXED, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False
        if pays in (Pays.SHARE, Pays.EACH):
            of_worth = pays == Pays.SHARE
            self.fields["result"] = forms.DecimalField(
                label=_("What it brought, in money") if of_worth else _("How many results"),
                min_value=Decimal(0),
                max_digits=12,
                decimal_places=2 if of_worth else 0,
            )
            self.order_fields(self.field_order)


class AcceptForm(ThroughTheFirm, forms.Form):
    open_words = ("words",)
    words = forms.CharField(label=_("A word to her"), max_length=2000, required=False)


class WordsForm(ThroughTheFirm, forms.Form):
    """Why it is sent back, or disputed."""

    open_words = ("words",)
    words = words_field(
        _("What is not as agreed"),
        most=2000,
        missing=_("Say what is not as agreed, so that it can be mended."),
    )


class ForClientForm(ThroughTheFirm, forms.Form):
    """What a client without anybody in the portal has told the firm, which answers in its place."""

    open_words = ("words",)
    words = words_field(
        _("What the client has told you"),
        most=1900,
        missing=_("Say what the client has told you; it stands."),
    )


class CallInForm(ThroughTheFirm, forms.Form):
    """How she sees what was sent back to her."""

    open_words = ("words",)
    words = words_field(
        _("How you see it"), most=2000, missing=_("Say how you see it, for the firm and the client to read.")
    )


class SettleForm(FreeWords, forms.Form):
    """What the firm decides of a milestone that is before it."""

    ALL, PART, BACK = "all", "part", "back"
    how = forms.ChoiceField(
        label=_("What is decided"),
        choices=[
            (ALL, _("It stands: all of it is paid")),
            (PART, _("A part of it stands, and is paid")),
            (BACK, _("It goes back to her, to be mended as you say")),
        ],
        initial=PART,
        required=False,
        widget=forms.RadioSelect,
    )
    percent = forms.DecimalField(
        label=_("So much of it stands, percent"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
        help_text=_("Where a part stands."),
    )
    words = words_field(_("Why, for both sides to read"), most=2000, missing=_("Say why, for both sides."))

    def clean(self):
        said = super().clean()
        how = said["how"] = said.get("how") or self.PART
        if how == self.ALL:
            said["percent"] = Decimal(100)
        elif how == self.PART and said.get("percent") is None and "percent" not in self.errors:
            self.add_error("percent", _("Say how much of it stands."))
        return said


class SayForm(ThroughTheFirm, forms.Form):
    """A word to the other side."""

    open_words = ("words",)
    words = words_field(_("What you want to say or ask"), most=2000, missing=_("Write what you want to say."))
    for_firm = forms.BooleanField(
        label=_("The firm should look at this, too"),
        required=False,
        help_text=_(
            "The firm reads what is written here in any case. Ticked, it is told at once, and answers."
        ),
    )

    def __init__(self, *args, of: Side, **kwargs):
        super().__init__(*args, **kwargs)
        if of == Side.FIRM:
            del self.fields["for_firm"]


class FirmEndForm(BecauseForm):
    """The firm ends work: what counts of each milestone that is begun, who pays it, who goes on."""

    FIRM, CLIENT = "firm", "client"
    NOBODY, EVERYBODY = "", "everybody"
    open_words = ()  # it is the firm that speaks

    def __init__(self, *args, begun: Iterable[tuple[Milestone, Decimal, str]] = (), others=(), **kwargs):
        """`begun`: with what was worked of it in percent, and in words. `others`: who could go on with it."""
        super().__init__(*args, **kwargs)
        self.begun = list(begun)
        for milestone, percent, worked in self.begun:
            self.fields[f"counts_{milestone.pk}"] = FigureField(
                label=_("So much of “%(what)s” counts, percent") % {"what": milestone.title},
                min_value=0,
                max_value=100,
                max_digits=5,
                decimal_places=2,
                required=False,
                initial=percent,
                help_text=worked,
            )
        if not self.begun:
            return
        self.fields["who_pays"] = forms.ChoiceField(
            label=_("Who pays what counts"),
            choices=[
                (self.FIRM, _("The firm: the client owes nothing of it")),
                (self.CLIENT, _("The client: it has what was done, and can use it")),
            ],
            initial=self.FIRM,
            required=False,
            widget=forms.RadioSelect,
        )
        self.fields["rest"] = forms.ChoiceField(
            label=_("Who goes on with what is left"),
            choices=[
                (self.NOBODY, _("Nobody")),
                (self.EVERYBODY, _("Whoever fits: it is posted again for all of them")),
                *((str(each.person.key), each.person.name) for each in others),
            ],
            required=False,
            help_text=_(
                "She proposes on the terms there were, and the client accepts. Files and answers go with it."
            ),
        )

    @property
    def settlement(self) -> Settlement:
        named = {each.pk: self.cleaned_data.get(f"counts_{each.pk}") for each, *_rest in self.begun}
        return Settlement(
            percents={key: percent for key, percent in named.items() if percent is not None},
            firm_bears=self.cleaned_data.get("who_pays") != self.CLIENT,
        )


class WorkedForm(StretchForm):
    """Time she worked on a milestone."""

    because = forms.CharField(
        label=_("What you did"), max_length=240, error_messages={"required": _("Say what you did.")}
    )

    def _judge(self, started_at, ended_at) -> None:
        super()._judge(started_at, ended_at)
        if started_at == ended_at:
            self.add_error("until", _("Nothing lies between these two times."))


class NoteForm(FreeWords, forms.Form):
    words = words_field(_("How it went, for the firm alone"), most=2000, missing=_("Write how it went."))
    again = forms.BooleanField(label=_("I would work with them again"), required=False, initial=True)
