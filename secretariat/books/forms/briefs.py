"""What is written into a brief and a proposal. In neither stands anything that leads past the firm."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from secretariat.books.models import Brief, Milestone, Pays
from secretariat.books.models.plan import NOT_NEGATIVE
from secretariat.office import languages
from secretariat.office.forms.fields import DayInput, FigureField, MoneyField, in_currency
from secretariat.office.forms.words import FreeWords, WordsOfModel
from secretariat.office.models import SecretaryLanguage, Skill
from secretariat.office.profiles import showing
from secretariat.rounding import digits_of

from .files import SeveralField, kind_of

ROWS, SHOWN = 6, 2  # milestones that a form offers, and that it shows before they are asked for
COLUMNS = ("title", "due_on", "hours", "amount")
PAST_DAY = _("That day is over.")
PAST = _("Whoever reads this answers through the firm. Take “%(past)s” out.")


def not_past(day: date, today: date) -> date:
    if day < today:
        raise forms.ValidationError(PAST_DAY)
    return day


class ThroughTheFirm(FreeWords):
    """Mixed into forms whose words the other side reads: no mailbox, number or address stands in them."""

    open_words: tuple[str, ...] = ()

    def clean(self):
        said = super().clean()
        theirs = set(Client.objects.order_by().values_list("country", flat=True).distinct())
        for name in self.open_words:
            if past := showing.leads_past_the_firm(said.get(name) or "", theirs):
                self.add_error(name, PAST % {"past": past})
        return said


class BriefForm(ThroughTheFirm, forms.ModelForm):
    """What is wanted, by when, for how much, and who may propose."""

    open_words = ("title", "outcome")
    language = forms.ChoiceField(label=_("Language of the work"), required=False)
    also_language = forms.ChoiceField(
        label=_("Second language, as of a translation"),
        required=False,
        help_text=_("Only who has both is asked."),
    )
    skills = forms.ModelMultipleChoiceField(
        label=_("Skills without which nobody is asked"),
        queryset=Skill.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    files = SeveralField(
        label=_("Files that go with it"),
        required=False,
        help_text=_("Whoever may propose reads them. Six at most, 20 MB each, no programs; more can follow."),
    )
    field_order = ("title", "kind", "outcome", "files")

    class Meta:
        model = Brief
        fields = (
            *("title", "kind", "outcome", "due_on", "budget"),
            *("language", "level", "also_language", "also_level"),
            *("skills", "words_a_minute"),
            *("for_whom", "paid"),
        )
        widgets = {
            "due_on": DayInput(),
            "outcome": forms.Textarea(attrs={"rows": 6}),
            "for_whom": forms.RadioSelect,
            "paid": forms.RadioSelect,
        }
        help_texts = {
            "outcome": _("Say it so that somebody who has not seen your papers can tell when it is done."),
            "words_a_minute": _("Empty: typing does not matter here."),
            "budget": _("Empty: whoever proposes names her price. Proposals above it are marked."),
        }

    def __init__(self, *args, today: date, skills, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        every = languages.everywhere()
        self.fields["language"].choices = [("", _("Any language")), *every]
        self.fields["also_language"].choices = [("", _("No second language")), *every]
        self.fields["also_level"].required = False
        self.fields["budget"].label = _("Budget, in %(currency)s") % {"currency": self.instance.currency}
        self.fields["skills"].queryset = skills
        if not skills.exists():
            del self.fields["skills"]

    def clean_due_on(self):
        return not_past(self.cleaned_data["due_on"], self.today)

    def clean_also_level(self):
        return self.cleaned_data["also_level"] or SecretaryLanguage.Level.B2

    def clean(self):
        said = super().clean()
        first, second = said.get("language"), said.get("also_language")
        if second and not first:
            self.add_error("language", _("Name this one, too, where there is a second."))
        elif second and first == second:
            self.add_error("also_language", _("That is the first one. Choose another, or none."))
        return said


class MoveForm(WordsOfModel):
    """Another day, or another budget, while nobody has the work."""

    class Meta:
        model = Brief
        fields = ("due_on", "budget")
        widgets = {"due_on": DayInput()}
        help_texts = {"budget": BriefForm.Meta.help_texts["budget"]}

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["budget"].label = _("Budget, in %(currency)s") % {"currency": self.instance.currency}

    def clean_due_on(self):
        return not_past(self.cleaned_data["due_on"], self.today)


class ShareForm(WordsOfModel):
    """What the firm keeps, how long the client may take to answer, and whether names are shown."""

    class Meta:
        model = Brief
        fields = ("firm_percent", "window_days", "shows_names")


class FileForm(FreeWords, forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("20 MB at most. No programs."))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file:
            return file
        self.content_type = kind_of(file)
        return file


def words_field(label, *, most: int, missing: str, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


class AskForm(ThroughTheFirm, forms.Form):
    open_words = ("words",)
    words = words_field(_("Your question"), most=1000, missing=_("Write what you want to know."))


class AnswerForm(ThroughTheFirm, forms.Form):
    open_words = ("words",)
    words = words_field(_("Your answer"), most=1000, missing=_("Write your answer."))


class BecauseForm(ThroughTheFirm, forms.Form):
    """Why it is taken back, or ended early, for the other side to read."""

    open_words = ("because",)
    because = forms.CharField(
        label=_("Why"), max_length=240, error_messages={"required": _("Say why; it is kept.")}
    )


class MilestonesForm(ThroughTheFirm, forms.Form):
    """Rows of milestones, each whole or empty. `currency` names the money, `today` is the client's day."""

    def __init__(self, *args, currency: str, today: date, parts=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.parts_before = today, list(parts)
        typed = sum(name.startswith("title_") for name in self.data)  # the page may have had more of them
        for n in range(max(ROWS, len(self.parts_before) + 2, typed)):
            before = self.parts_before[n] if n < len(self.parts_before) else {}
            self._add_row(n, currency, before)
        in_currency(self, currency)
        self.open_words = (*self.open_words, *(f"title_{n}" for n in self._numbers))

    def _add_row(self, n: int, currency: str, before: dict) -> None:
        number, places = n + 1, digits_of(currency)
        fields = {
            "title": forms.CharField(label=_("Milestone %(n)d") % {"n": number}, max_length=120),
            "due_on": forms.DateField(label=_("Done by"), widget=DayInput()),
            "hours": FigureField(
                label=_("Hours it takes"), min_value=Decimal("0.25"), max_value=999, decimal_places=2
            ),
            "amount": MoneyField(
                label=_("Price, or cap, in %(currency)s") % {"currency": currency},
                min_value=Decimal(1).scaleb(-places),
                max_digits=11,
                decimal_places=places,
            ),
        }
        for name, field in fields.items():
            field.required = False
            field.initial = before.get(name)
            self.fields[f"{name}_{n}"] = field

    @property
    def _numbers(self) -> range:
        return range(sum(name.startswith("title_") for name in self.fields))

    @property
    def rows(self) -> list[list]:
        """Those that are shown: with something in them, and what follows up to two."""
        return self._rows()[: self._shown]

    @property
    def more_rows(self) -> list[list]:
        return self._rows()[self._shown :]

    def _rows(self) -> list[list]:
        return [[self[f"{name}_{n}"] for name in COLUMNS] for n in self._numbers]

    @property
    def _shown(self) -> int:
        used = [n for n, row in enumerate(self._rows(), 1) if any(field.value() for field in row)]
        return max([SHOWN, len(self.parts_before) + 1, *used])

    @property
    def others(self) -> list:
        """The fields that are not of a milestone."""
        milestones = {field.name for row in self._rows() for field in row}
        return [field for field in self.visible_fields() if field.name not in milestones]

    def clean(self):
        said = super().clean()
        self.parts = []
        for n in self._numbers:
            values = {name: said.get(f"{name}_{n}") for name in COLUMNS}
            if not any(values.values()):
                continue
            for name in [name for name, value in values.items() if not value]:
                if f"{name}_{n}" not in self.errors:
                    self.add_error(f"{name}_{n}", _("Say this too, or empty the whole row."))
            known = self.known(n)
            if values["due_on"] and values["due_on"] < self.today and values["due_on"] != known.get("due_on"):
                self.add_error(f"due_on_{n}", PAST_DAY)
            self.parts.append(known | values)
        if not self.parts and not self.errors:
            self.add_error("title_0", _("Name one milestone at the least."))
        return said

    def known(self, n: int) -> dict:
        """What of this row was there before, if it is a milestone already."""
        return {}


class ProposalForm(MilestonesForm):
    """What she will do, in what time, at what price."""

    approach = words_field(_("What you will do"), most=3000, missing=_("Say how you would do it."), rows=6)
    pays = forms.ChoiceField(label=_("Price"), choices=Pays, widget=forms.RadioSelect, initial=Pays.FIXED)
    rate = MoneyField(
        label=_("An hour, for each result, or percent"),
        required=False,
        max_digits=12,
        decimal_places=4,
        validators=NOT_NEGATIVE,
        help_text=_("Empty for a fixed price."),
    )
    open_words = ("approach",)

    def __init__(self, *args, terms=None, **kwargs):
        super().__init__(*args, **kwargs)
        if terms:
            self.fields["accepts_terms"] = forms.BooleanField(
                label=_("I have read what this client asks for, and keep to it."),
                error_messages={"required": _("Tick this to propose.")},
            )

    def clean(self):
        said = super().clean()
        if said.get("pays") == Pays.FIXED:
            said["rate"] = None
        elif said.get("pays") and not said.get("rate") and "rate" not in self.errors:
            self.add_error("rate", _("Say how much."))
        elif said.get("pays") == Pays.SHARE and said["rate"] > 100:
            self.add_error("rate", _("This is more than all of it."))
        return said


class ChangeForm(MilestonesForm):
    """Other milestones for work that was given. Those that were handed in stay as they are.

    Each row says which milestone it is of: since the page was opened one may have been handed in.
    """

    outcome = words_field(_("What should be there"), most=3000, missing=_("Say what is wanted."), rows=5)
    because = forms.CharField(
        label=_("Why it changes"), max_length=240, error_messages={"required": _("Say why; it is kept.")}
    )
    open_words = ("outcome", "because")

    def __init__(self, *args, milestones: Iterable[Milestone], **kwargs):
        """`milestones`: all there are of this work."""
        self.there = {each.pk: each for each in milestones}
        super().__init__(*args, parts=[_part(each) for each in self.there.values() if each.is_open], **kwargs)
        for n in self._numbers:
            before = self.parts_before[n] if n < len(self.parts_before) else {}
            self.fields[f"of_{n}"] = forms.UUIDField(
                required=False, widget=forms.HiddenInput, initial=before.get("id")
            )

    def clean(self):
        said = super().clean()
        # What came while the page was open stays as it is: nobody has emptied its row.
        on_page = {said.get(f"of_{n}") for n in self._numbers}
        self.parts += [_part(each) for key, each in self.there.items() if each.is_open and key not in on_page]
        return said

    def known(self, n: int) -> dict:
        key = self.cleaned_data.get(f"of_{n}")
        if key is None:
            return {}
        milestone = self.there.get(key)
        if milestone is None or any(part.get("id") == str(key) for part in self.parts):
            self.add_error(f"title_{n}", _("This is none of its milestones. Open the page again."))
        elif not milestone.is_open:
            words = _("“%(what)s” was handed in meanwhile, or is over, and stays as it is. Empty this row.")
            self.add_error(f"title_{n}", words % {"what": milestone.title})
        else:
            return _part(milestone)
        return {}

    @property
    def stays(self) -> list[Milestone]:
        """Those whose row was emptied although they are not open any more."""
        on_page = {self.cleaned_data.get(f"of_{n}") for n in self._numbers}
        return [each for key, each in self.there.items() if key in on_page and not each.is_open]

    def as_json(self) -> list[dict]:
        return [
            each
            | {
                "due_on": each["due_on"].isoformat(),
                "hours": str(each["hours"]),
                "amount": str(each["amount"]),
            }
            for each in self.parts
        ]


def _part(milestone: Milestone) -> dict:
    """A milestone as a row of the form holds it."""
    return {"id": str(milestone.pk)} | {name: getattr(milestone, name) for name in COLUMNS}
