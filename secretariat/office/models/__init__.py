from .absence import Absence, ShiftFeed, Swap, Wish
from .breaks import BreakReason
from .contract import Contract, ContractSigning, ContractWord, Partner, PayTerm
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
    "Contract",
    "ContractSigning",
    "ContractWord",
    "Firm",
    "Invitation",
    "LineKind",
    "NumberCheck",
    "Partner",
    "PayTerm",
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
