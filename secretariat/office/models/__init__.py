from .absence import Absence, ShiftFeed, Swap, Wish
from .breaks import BreakReason
from .firm import Firm, Post, SecondCalls
from .invitation import Invitation
from .number_check import NumberCheck
from .planned_shift import PlanChange, PlannedShift, UsualShift
from .secretary import LineKind, Secretary, SecretaryLanguage, SecretarySkill, Skill
from .shift import Break, Presence, Shift
from .suspension import Suspension
from .user import User

__all__ = [
    "Absence",
    "Break",
    "BreakReason",
    "Firm",
    "Invitation",
    "LineKind",
    "NumberCheck",
    "PlanChange",
    "PlannedShift",
    "Post",
    "Presence",
    "SecondCalls",
    "Secretary",
    "SecretaryLanguage",
    "SecretarySkill",
    "Shift",
    "ShiftFeed",
    "Skill",
    "Suspension",
    "Swap",
    "User",
    "UsualShift",
    "Wish",
]
