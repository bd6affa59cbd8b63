from .firm import Firm, Post
from .secretary import LineKind, Secretary, SecretaryLanguage, SecretarySkill, Skill
from .shift import Break, Presence, Shift
from .user import User

__all__ = [
    "Break",
    "Firm",
    "LineKind",
    "Post",
    "Presence",
    "Secretary",
    "SecretaryLanguage",
    "SecretarySkill",
    "Shift",
    "Skill",
    "User",
]
