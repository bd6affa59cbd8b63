import logging

from django.db import transaction

from secretariat import clock
from secretariat.outbox.naming import fault_name
from secretariat.outbox.rounds import every

from . import ending, registry

logger = logging.getLogger(__name__)


@every(seconds=300)
def end_what_is_over() -> int:
    """Empty or delete what has been kept long enough. A rule that fails does not keep the others waiting."""
    done, faults = 0, []
    for rule in registry.rules():
        if rule.is_ours:
            try:
                with transaction.atomic():
                    done += ending.end(rule, at=clock.now())
            except Exception as fault:
                faults.append(fault)
                logger.error("rule not carried out", extra={"rule": rule.name, "fault": fault_name(fault)})
    if faults and not done:
        raise faults[0]  # nothing is lost by it, and the round shows that it failed
    return done
