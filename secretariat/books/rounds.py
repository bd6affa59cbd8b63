from secretariat import clock
from secretariat.outbox.rounds import every

from . import suspending, telling
from .agreements import erasing, leaving, promise
from .briefs import milestones, noticing
from .briefs import reminding as of_milestones
from .supervision import first_calls, reminding


@every(seconds=5)
def tell_of_first_calls() -> int:
    """Whoever is there for somebody who learns is told while the call is on."""
    return first_calls.notice()


@every(seconds=900)
def tell_usage() -> int:
    """Usage alerts of clients for whom something was done lately."""
    return telling.tell_usage(at=clock.now())


@every(seconds=3600)
def remind() -> int:
    """Reminders of what is overdue."""
    return telling.remind(at=clock.now())


@every(seconds=60)
def go_on_with_suspensions() -> int:
    """Suspensions of clients whose day has come begin, or do not, where nobody was told in time."""
    return suspending.go_on(at=clock.now())


@every(seconds=300)
def notice_agreements_that_end() -> int:
    """No client leaves, and no project ends, without a list of what is left to do."""
    return leaving.notice_what_ends(at=clock.now())


@every(seconds=60)
def erase_what_clients_left() -> int:
    """What is to be erased of clients who have left, a batch at a time."""
    return erasing.go_on(at=clock.now())


@every(seconds=900)
def notice_promises_that_were_missed() -> int:
    """No client finds out before the firm that callers were not answered as soon as was promised."""
    return promise.notice(at=clock.now())


@every(seconds=300)
def count_unanswered_milestones() -> int:
    """Milestones that nobody answered by their day count as accepted."""
    return milestones.count_unanswered(at=clock.now())


@every(seconds=900)
def notice_briefs_that_get_nowhere() -> int:
    """Briefs for which nobody proposes, and those whose day has passed."""
    return noticing.notice(at=clock.now())


@every(seconds=900)
def remind_of_milestones() -> int:
    """Nobody finds out on the evening itself that a milestone of hers is due, or counts as accepted."""
    at = clock.now()
    return of_milestones.remind(at=at) + of_milestones.remind_to_answer(at=at)


@every(seconds=300)
def remind_to_confirm_weeks() -> int:
    """Pay is reckoned from weeks that she has confirmed: on the Monday after it, she is reminded of hers."""
    return reminding.to_confirm(at=clock.now())


@every(seconds=3600)
def remind_of_time_that_came_late() -> int:
    """It stands in a week in which she may have done nothing, and so was not reminded of."""
    return reminding.came_late(at=clock.now())


@every(seconds=900)
def remind_to_approve_weeks() -> int:
    """And from those that were approved: one that has lain for days is somebody's work."""
    return reminding.to_approve(at=clock.now())


@every(seconds=900)
def remind_of_training() -> int:
    """Training that is due is told of before the day, and after it to whoever supervises her."""
    return reminding.of_training(at=clock.now())
