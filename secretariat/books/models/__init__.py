from .agreement import Agreement, AgreementWord, LeavingStep
from .bill import Bill, BilledRecord, BillItem, BillLine, Numbering, Payment, Question, Told
from .brief import (
    Brief,
    BriefFile,
    BriefInvitation,
    BriefQuestion,
    Pays,
    Proposal,
    ProposedPart,
)
from .in_parts import InParts, MonthRun
from .milestone import BriefCharge, BriefTerms, BriefWord, ClosingNote, Milestone, MilestoneWord, Side
from .outcome import Outcome
from .pay import BankDetails, PayExtra, PayingAccount, PayLine, PayPart, PayRun, PayStatement
from .payout import Payout
from .plan import BillingAccount, ClientPlan, Issuer, OneOff, Waiver, digits_of
from .supervision import DaySeen, HoursQuestion, Remark, Supervision
from .week import ConfirmedTime, Correction, Week

__all__ = [
    "Agreement",
    "AgreementWord",
    "BankDetails",
    "Bill",
    "BillItem",
    "BillLine",
    "BilledRecord",
    "BillingAccount",
    "Brief",
    "BriefCharge",
    "BriefFile",
    "BriefInvitation",
    "BriefQuestion",
    "BriefTerms",
    "BriefWord",
    "ClientPlan",
    "ClosingNote",
    "ConfirmedTime",
    "Correction",
    "DaySeen",
    "HoursQuestion",
    "InParts",
    "Issuer",
    "LeavingStep",
    "Milestone",
    "MilestoneWord",
    "MonthRun",
    "Numbering",
    "OneOff",
    "Outcome",
    "PayExtra",
    "PayLine",
    "PayPart",
    "PayRun",
    "PayStatement",
    "PayingAccount",
    "Payment",
    "Payout",
    "Pays",
    "Proposal",
    "ProposedPart",
    "Question",
    "Remark",
    "Side",
    "Supervision",
    "Told",
    "Waiver",
    "Week",
    "digits_of",
]
