"""What a supervisor writes, and what a secretary answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from secretariat.books.models import Remark, Supervision
from secretariat.office.forms.fields import DayInput
from secretariat.office.forms.words import FreeWords, WordsOfModel
from secretariat.office.models import Post, User


class SupervisorForm(WordsOfModel):
    class Meta:
        model = Supervision
        fields = ("supervisor", "stand_in", "qualified_by")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        posts = Post.objects.visible_to(user).running_the_firm()
        people = User.objects.visible_to(user).filter(is_active=True, pk__in=posts.values("user"))
        for name in ("supervisor", "stand_in"):
            self.fields[name].queryset = people.order_by("name", "pk")


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
    class Meta:
        model = Remark
        fields = ("kind", "words", "score", "due_on")
        widgets = {"words": forms.Textarea(attrs={"rows": 3}), "due_on": DayInput()}
