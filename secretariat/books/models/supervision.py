"""Who supervises a secretary, what was asked and answered, and what was said of her work: hers to read."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from secretariat import clock
from secretariat.ids import uuid7
from secretariat.office.models.shift import OwnRowsQuerySet


class Supervision(models.Model):
    """Who looks after a secretary's work, and who stands in. Followed by another, never overwritten."""

    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, related_name="supervisions", verbose_name=_("secretary")
    )
    supervisor = models.ForeignKey(
        "office.User", models.PROTECT, related_name="+", verbose_name=_("supervisor")
    )
    stand_in = models.ForeignKey(
        "office.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stand-in")
    )
    qualified_by = models.CharField(_("what qualifies the supervisor in this work"), max_length=240)
    # Which skills, trainings and languages: see `supervision/qualified.py`.
    covers = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("what the supervisor is qualified in"),
        default=list,
        db_default=[],
        blank=True,
    )
    from_at = models.DateTimeField(_("from"), default=clock.now)
    until_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("supervision")
        verbose_name_plural = _("supervision")
        ordering = ["secretary", "-from_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["secretary"], condition=Q(until_at=None), name="a_secretary_has_one_supervisor"
            ),
            models.CheckConstraint(
                condition=Q(stand_in=None) | ~Q(stand_in=F("supervisor")),
                name="a_stand_in_is_somebody_else",
                violation_error_message=_("The stand-in is somebody else."),
            ),
        ]

    def __str__(self):
        return f"{self.secretary}: {self.supervisor}"


class HoursQuestion(models.Model):
    """Something a supervisor asks of a day's hours, in writing, and what she answers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, related_name="+", verbose_name=_("secretary")
    )
    on = models.DateField(_("day"))
    words = models.CharField(_("question"), max_length=500)
    asked_by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about hours")
        verbose_name_plural = _("questions about hours")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_to_a_question_has_its_moment",
            )
        ]

    def __str__(self):
        return f"{self.secretary}, {self.on}"


class DaySeen(models.Model):
    """Somebody of the firm has gone through a day of hers and says so; once more, and the later one holds."""

    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, related_name="+", verbose_name=_("secretary")
    )
    on = models.DateField(_("day"))
    by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=clock.now)

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("day gone through")
        verbose_name_plural = _("days gone through")
        ordering = ["-on", "secretary"]
        constraints = [models.UniqueConstraint(fields=["secretary", "on"], name="a_day_is_seen_once")]

    def __str__(self):
        return f"{self.secretary}, {self.on}"


class Remark(models.Model):
    """What was said of her work, for her to read: coaching, quality, a complaint, praise, training due.

    A complaint stands somewhere until it is settled, and she says how she sees it.
    """

    class Kind(models.TextChoices):
        COACHING = "coaching", _("Coaching")
        QUALITY = "quality", _("Quality")
        COMPLAINT = "complaint", _("Complaint")
        PRAISE = "praise", _("Praise")
        TRAINING = "training", _("Training due")

    class State(models.TextChoices):
        """Of a complaint alone."""

        OPEN = "open", _("Open")
        PENDING = "pending", _("Being looked into")
        RESOLVED = "resolved", _("Resolved")
        UNFOUNDED = "unfounded", _("Unfounded")

    SETTLED = (State.RESOLVED, State.UNFOUNDED)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    secretary = models.ForeignKey(
        "office.Secretary", models.PROTECT, related_name="remarks", verbose_name=_("secretary")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    words = models.CharField(_("words"), max_length=1000)
    score = models.PositiveSmallIntegerField(_("of quality: percent"), null=True, blank=True)
    due_on = models.DateField(_("of training: due by"), null=True, blank=True)
    by = models.ForeignKey("office.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("when"), default=clock.now)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    client = models.ForeignKey(
        "clients.Client", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("client")
    )
    call = models.ForeignKey(
        "calls.Call", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("call")
    )
    state = models.CharField(
        _("of a complaint: how it stands"), max_length=9, choices=State, blank=True, db_default="", default=""
    )
    outcome = models.CharField(_("what came of it"), max_length=500, blank=True, db_default="", default="")
    answer = models.CharField(_("how she sees it"), max_length=1000, blank=True, db_default="", default="")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    warned_at = models.DateTimeField(_("of training: warned"), null=True, blank=True)
    overdue_at = models.DateTimeField(_("of training: found overdue"), null=True, blank=True)

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark on somebody's work")
        verbose_name_plural = _("remarks on somebody's work")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score=None) | Q(kind="quality", score__lte=100),
                name="only_quality_has_a_score",
                violation_error_message=_("A score belongs to a result of quality, up to 100."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="training") | Q(due_on__isnull=False),
                name="training_is_due_by_a_day",
                violation_error_message=_("Say by which day the training is due."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.words[:40]}"

    @property
    def is_complaint(self) -> bool:
        return self.kind == self.Kind.COMPLAINT

    @property
    def is_settled(self) -> bool:
        return self.state in self.SETTLED

    @property
    def wants_an_answer(self) -> bool:
        return self.is_complaint and not self.answered_at and not self.is_settled
