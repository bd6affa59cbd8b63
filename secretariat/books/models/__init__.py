from .bill import Bill, BilledRecord, BillItem, BillLine, Numbering, Payment, Question, Told
from .plan import BillingAccount, ClientPlan, Issuer, Waiver, digits_of
from .week import ConfirmedTime, Correction, Week

__all__ = [
    "Bill",
    "BillItem",
    "BillLine",
    "BilledRecord",
    "BillingAccount",
    "ClientPlan",
    "ConfirmedTime",
    "Correction",
    "Issuer",
    "Numbering",
    "Payment",
    "Question",
    "Told",
    "Waiver",
    "Week",
    "digits_of",
]
