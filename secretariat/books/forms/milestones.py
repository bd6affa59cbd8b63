"""What is said of a milestone: handed in, sent back, disputed, settled; and how it all went."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.books.models import Pays
from secretariat.office.forms.words import FreeWords

from .briefs import FileForm, ThroughTheFirm, words_field
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


class SettleForm(FreeWords, forms.Form):
    percent = forms.DecimalField(
        label=_("So much of it stands, percent"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )
    words = words_field(_("Why, for both sides to read"), most=2000, missing=_("Say why, for both sides."))


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
