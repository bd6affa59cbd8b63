from .breaks import BreakReason
from .firm import Firm, Post, SecondCalls
from .invitation import Invitation
from .number_check import NumberCheck
from .secretary import LineKind, Secretary, SecretaryLanguage, SecretarySkill, Skill
from .shift import Break, Presence, Shift
from .suspension import Suspension
from .user import User

__all__ = [
    "Break",
    "BreakReason",
    "Firm",
    "Invitation",
    "LineKind",
    "NumberCheck",
    "Post",
    "Presence",
    "SecondCalls",
    "Secretary",
    "SecretaryLanguage",
    "SecretarySkill",
    "Shift",
    "Skill",
    "Suspension",
    "User",
]
