from .absence import Absence, ShiftFeed, Swap, Wish
from .breaks import BreakReason
from .contract import Contract, ContractSigning, ContractWord
from .enquiry import Enquiry
from .firm import Firm, Post, SecondCalls
from .half_typed import HalfTyped
from .invitation import Invitation
from .line_test import LineTest
from .number_check import NumberCheck
from .partner import Partner, PartnerPerson
from .pay_term import PayTerm
from .planned_shift import PlanChange, PlannedShift, UsualShift
from .profile import Certificate, Claim, FirmRequirement, Profile, Requirement, Training, TypingTest
from .referee import ApplicantsPaper, Referee
from .secretary import LineKind, Secretary, SecretaryLanguage, SecretarySkill, Skill, Vouched
from .security_rule import SecurityRule
from .shift import Break, Presence, Shift
from .suspension import Suspension
from .user import User
from .vacancy import Application, Step, StepBefore, Vacancy

__all__ = [
    "Absence",
    "ApplicantsPaper",
    "Application",
    "Break",
    "BreakReason",
    "Certificate",
    "Claim",
    "Contract",
    "ContractSigning",
    "ContractWord",
    "Enquiry",
    "Firm",
    "FirmRequirement",
    "HalfTyped",
    "Invitation",
    "LineKind",
    "LineTest",
    "NumberCheck",
    "Partner",
    "PartnerPerson",
    "PayTerm",
    "PlanChange",
    "PlannedShift",
    "Post",
    "Presence",
    "Profile",
    "Referee",
    "Requirement",
    "SecondCalls",
    "Secretary",
    "SecretaryLanguage",
    "SecretarySkill",
    "SecurityRule",
    "Shift",
    "ShiftFeed",
    "Skill",
    "Step",
    "StepBefore",
    "Suspension",
    "Swap",
    "Training",
    "TypingTest",
    "User",
    "UsualShift",
    "Vacancy",
    "Vouched",
    "Wish",
]
