from .agreement import Agreement, LeavingStep
from .bill import Bill, BilledRecord, BillItem, BillLine, Numbering, Payment, Question, Told
from .pay import BankDetails, Outcome, PayExtra, PayingAccount, PayLine, PayPart, PayRun, PayStatement
from .plan import BillingAccount, ClientPlan, Issuer, Waiver, digits_of
from .supervision import HoursQuestion, Remark, Supervision
from .week import ConfirmedTime, Correction, Week

__all__ = [
    "Agreement",
    "BankDetails",
    "Bill",
    "BillItem",
    "BillLine",
    "BilledRecord",
    "BillingAccount",
    "ClientPlan",
    "ConfirmedTime",
    "Correction",
    "HoursQuestion",
    "Issuer",
    "LeavingStep",
    "Numbering",
    "Outcome",
    "PayExtra",
    "PayLine",
    "PayPart",
    "PayRun",
    "PayStatement",
    "PayingAccount",
    "Payment",
    "Question",
    "Remark",
    "Supervision",
    "Told",
    "Waiver",
    "Week",
    "digits_of",
]
