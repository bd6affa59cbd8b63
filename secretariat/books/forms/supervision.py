"""What a supervisor writes, and what a secretary answers."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.forms.models import model_to_dict
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext_lazy as _

from calls.models import Call
from clients.models import Client
from secretariat.books.models import Remark, Supervision
from secretariat.books.supervision import qualified
from secretariat.office.forms.fields import DayInput
from secretariat.office.forms.my_shifts import LONGEST
from secretariat.office.forms.words import FreeWords, WordsOfModel
from secretariat.office.models import Post, User

OF_CALLS = timedelta(days=14)  # from which a call is chosen


class SupervisorForm(WordsOfModel):
    """`held`: the supervision as it stands, which the form shows. It is said of that supervisor alone."""

    # Of whom the form holds it: whoever is named, until another was chosen and it is asked anew.
    said_of = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Supervision
        fields = ("supervisor", "stand_in", "qualified_by", "covers")

    def __init__(self, *args, user, secretary, held: Supervision | None, **kwargs):
        shown = model_to_dict(held, fields=self.Meta.fields) if held else {}
        super().__init__(*args, initial=shown, **kwargs)
        self.held = held
        self._asks_for(qualified.asked_of(secretary))
        posts = Post.objects.visible_to(user).running_the_firm()
        people = User.objects.visible_to(user).filter(is_active=True, pk__in=posts.values("user"))
        for name in ("supervisor", "stand_in"):
            self.fields[name].queryset = people.order_by("name", "pk")

    def _asks_for(self, asked: list[qualified.Asked]) -> None:
        """Of what her clients ask for, what the supervisor is qualified in; of nothing, nothing is asked."""
        if not asked:
            del self.fields["covers"]
            return
        self.fields["covers"] = forms.MultipleChoiceField(
            label=_("Of what her clients ask for, the supervisor is qualified in"),
            choices=[(each.key, f"{each.name} ({', '.join(each.clients)})") for each in asked],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self):
        said = super().clean()
        chosen, anew = said.get("supervisor"), said.pop("said_of", "")
        if self.held and chosen and chosen != self.held.supervisor and anew != str(chosen.pk):
            self._ask_anew(chosen, said)
        return said

    def _ask_anew(self, chosen: User, said) -> None:
        """Words and ticks that were left as they were say nothing of whoever comes next."""
        left = ["qualified_by"] if said.get("qualified_by") == self.held.qualified_by else []
        ticked, held = set(said.get("covers", ())), self.held.covers
        if ticked and ticked == {key for key, _of in self.fields["covers"].choices if key in held}:
            left.append("covers")
        if not left:
            return
        self.data = self.data.copy()
        self.data["said_of"] = str(chosen.pk)
        facts = {"name": chosen.name, "before": self.held.supervisor.name}
        for field in left:
            self.add_error(field, _("This was said of %(before)s. Say it anew, of %(name)s.") % facts)
            self.data.pop(field)


class AwayForm(FreeWords, forms.Form):
    """Until when her stand-ins act for a supervisor who is away."""

    until_on = forms.DateField(
        label=_("Away until, that day included"),
        widget=DayInput(),
        required=False,
        help_text=_("Leave it empty once she is back. Holds for all whom she supervises."),
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, auto_id="id_away_%s", **kwargs)
        self.today = today

    def clean_until_on(self):
        last = self.cleaned_data["until_on"]
        if last and last < self.today:
            raise forms.ValidationError(_("That day is over."))
        if last and last - self.today > LONGEST:
            raise forms.ValidationError(_("That is more than a year. Check the day."))
        return last


class AskForm(FreeWords, forms.Form):
    on = forms.DateField(label=_("Day"), widget=DayInput())
    words = forms.CharField(
        label=_("What you want to know"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write what you want to know.")},
    )


class AnswerForm(FreeWords, forms.Form):
    words = forms.CharField(
        label=_("Your answer"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write your answer.")},
    )


class RemarkForm(WordsOfModel):
    """What is said of her work; a complaint or a result may name whose call it was, and which."""

    class Meta:
        model = Remark
        fields = ("kind", "words", "score", "due_on", "client", "call")
        widgets = {"words": forms.Textarea(attrs={"rows": 3}), "due_on": DayInput()}

    def __init__(self, *args, user, secretary, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.visible_to(user).order_by("name", "pk")
        calls = Call.objects.visible_to(user).filter(secretary=secretary, rang_at__gte=at - OF_CALLS)
        self.fields["call"] = CallField(
            calls.select_related("client").order_by("-rang_at"), zone=user.zone, label=_("Call of hers")
        )

    def clean(self):
        said = super().clean()
        call = said.get("call")
        if call and not said.get("client"):
            said["client"] = call.client
        elif call and call.client != said["client"]:
            self.add_error("call", _("That was a call for another client."))
        return said


class CallField(forms.ModelChoiceField):
    """One of her calls, by when it rang and for whom; nothing of what was said in it."""

    def __init__(self, queryset, *, zone: str, **kwargs):
        super().__init__(queryset, required=False, empty_label=_("No call in particular"), **kwargs)
        self.zone = ZoneInfo(zone)

    def label_from_instance(self, call) -> str:
        return f"{date_format(call.rang_at.astimezone(self.zone), 'D j M H:i')}, {call.client.name}"


class SayForm(FreeWords, forms.Form):
    """How she sees a complaint."""

    words = forms.CharField(
        label=_("How you see it"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say how you see it.")},
    )


class JudgeForm(WordsOfModel):
    """How a complaint stands, and once it is settled what came of it."""

    class Meta:
        model = Remark
        fields = ("state", "outcome")
        widgets = {"outcome": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].required = True
        self.fields["state"].choices = Remark.State.choices

    def clean(self):
        said = super().clean()
        if said.get("state") in Remark.SETTLED and not said.get("outcome"):
            self.add_error("outcome", _("Say what came of it; she reads it."))
        return said
