"""The parts of large runs: everybody's pay, a month's bills. Nothing leaves the building."""

from django.utils.translation import gettext as _

from secretariat.channels.errors import Refused
from secretariat.outbox import leasing
from secretariat.outbox.effects import State, effect

from . import months, parts, paying
from .models import MonthRun, PayRun


class OfARun:
    """A part of a run. One that failed is kept there in words, and stands among what went wrong."""

    channel = ""
    settles_at = (State.DONE, State.DEAD, State.UNKNOWN)
    model: type[PayRun] | type[MonthRun]
    at_once: int  # of a part: after each so many its lease is told anew, however long the whole takes

    def may_send(self, effect):
        return None if parts.of(self.model, effect) else "no longer wanted"

    def send(self, effect):
        if run := parts.of(self.model, effect):
            keys = parts.keys_of(effect)
            for n in range(0, len(keys), self.at_once):
                if not leasing.fence(effect):
                    raise Refused("lease ended")  # it is not done: whoever has it, or will, goes on with it
                self.do(run, keys[n : n + self.at_once])
        return "done"

    def do(self, run, keys):
        raise NotImplementedError

    def ask(self, effect):
        return None  # done twice is no harm

    def settled(self, effect):
        failed = "" if effect.state == State.DONE else _("A part of it could not be done. Begin it again.")
        if run := parts.ended(self.model, effect, failed=failed):
            self.over(run)

    def over(self, run):
        """Nothing is left of it."""


@effect(paying.PART)
class PayOfSome(OfARun):
    """The statements of some secretaries."""

    model = PayRun
    at_once = 2

    def do(self, run, keys):
        paying.write_some(run, keys)

    def over(self, run):
        paying.finish(run)

    def describe(self, effect):
        return _("Statements of a pay run")


@effect(months.DRAFT)
class DraftsOfSome(OfARun):
    """The drafts of some clients' bills."""

    model = MonthRun
    at_once = 25

    def do(self, run, keys):
        months.draft_some(run, keys)

    def describe(self, effect):
        return _("Drafts of a month’s bills")


@effect(months.ISSUE)
class IssuesOfSome(OfARun):
    """Some of a month's drafts, issued."""

    model = MonthRun
    at_once = 50

    def do(self, run, keys):
        months.issue_some(run, keys)

    def describe(self, effect):
        return _("Issuing a month’s bills")
