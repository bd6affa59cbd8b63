"""What the books hold of people. Hours and bills are kept as the law asks."""

from django.utils.translation import gettext_lazy as _

from secretariat.office.personal import EMPLOYMENT
from secretariat.retention.registry import Rule, Then, Whose, impersonal, personal

from .models import (
    Agreement,
    AgreementWord,
    BankDetails,
    Bill,
    BillingAccount,
    BillItem,
    BillLine,
    ClientPlan,
    Correction,
    HoursQuestion,
    Issuer,
    LeavingStep,
    MonthRun,
    Numbering,
    OneOff,
    Outcome,
    PayExtra,
    PayingAccount,
    PayLine,
    Payment,
    Payout,
    PayPart,
    PayRun,
    PayStatement,
    Question,
    Remark,
    Supervision,
    Told,
    Waiver,
    Week,
)

ACCOUNTS = Rule(
    "accounts", Then.KEPT, because=_("records of what was billed and paid, which the law asks for")
)

personal(
    Week,
    "sent_back_because confirmed_because",
    what=_("what was not right with a week of hers, and why it was confirmed in her place"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
personal(
    Correction,
    "because",
    what=_("why time worked was corrected, and what else she did"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
personal(
    BillingAccount,
    "made_out_to address vat_number mailbox",
    what=_("to whom bills are made out"),
    whose=Whose.CLIENT,
    rule=ACCOUNTS,
)
personal(Bill, "parties", what=_("to whom a bill was made out"), whose=Whose.CLIENT, rule=ACCOUNTS)
personal(Payment, "reference", what=_("how a bill was paid"), whose=Whose.CLIENT, rule=ACCOUNTS)
personal(
    Question,
    "words answer",
    what=_("what a client asked of a line, and our answer"),
    whose=Whose.CLIENT,
    rule=ACCOUNTS,
)
personal(OneOff, "words", what=_("what we billed or took off once"), whose=Whose.CLIENT, rule=ACCOUNTS)
impersonal(OneOff, "amount currency", because="an amount")
personal(Waiver, "because", what=_("what we did wrong"), whose=Whose.ANYONE, rule=ACCOUNTS)
impersonal(Waiver, "subject_kind", because="a name of ours")
impersonal(Issuer, "name address vat_number vat_percent pay_to", because="the firm itself")
impersonal(Numbering, "series", because="a name of ours")
impersonal(
    ClientPlan,
    "name currency price counts not_billed overage_price retainer monthly_fee annual_fee set_up_fee "
    "discount_percent through_price text_price meeting_price lead_price order_percent",
    because="what is agreed to be paid for what",
)
impersonal(BillingAccount, "spend_cap", because="an amount")
impersonal(Told, "cap", because="an amount")
impersonal(
    Bill, "number currency net vat_percent vat total tax rules", because="amounts, and a plan in words"
)
impersonal(BillLine, "words rule quantity amount", because="our words for what is billed")
impersonal(BillItem, "subject_kind micros amount because", because="lengths and amounts")
personal(
    MonthRun, "hindered", what=_("whose bill could not be made, and why"), whose=Whose.CLIENT, rule=ACCOUNTS
)
impersonal(Payment, "amount", because="an amount")
personal(
    BankDetails,
    "sealed ending",
    what=_("where she, or the company she works through, is paid, and the tax number, sealed"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
personal(
    PayRun,
    "hindered",
    what=_("why she could not be paid yet"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
personal(
    Outcome,
    "words answer",
    what=_("what her work led to, and why it does not count"),
    whose=Whose.ANYONE,
    rule=ACCOUNTS,
)
impersonal(Outcome, "worth subject_kind", because="an amount, and a name of ours")
personal(
    PayExtra,
    "words answer",
    what=_("what she laid out, or what was not right with her pay"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
impersonal(PayExtra, "amount subject_kind", because="an amount, and a name of ours")
personal(
    PayStatement,
    "gross expenses total to_partner rules",
    what=_("what she is paid, and by which contract"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
personal(
    Payout,
    "because",
    what=_("why what was paid to her came back"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
impersonal(PayStatement, "currency", because="a currency")
impersonal(PayLine, "kind words rule quantity amount", because="our words for what is paid")
impersonal(PayPart, "subject_kind amount", because="lengths and amounts")
impersonal(PayingAccount, "name iban bic", because="the firm itself")
personal(
    Agreement,
    "accepted_name ended_because because_before words",
    what=_("what the firm and a client have agreed, and who accepted it"),
    whose=Whose.CLIENT,
    rule=ACCOUNTS,
)
impersonal(
    Agreement,
    "services cover cover_hours data_terms other_terms sha256",
    because="what is agreed of the work, and a hash",
)
personal(
    AgreementWord,
    "words",
    what=_("what was asked and answered about an agreement"),
    whose=Whose.CLIENT,
    rule=ACCOUNTS,
)
impersonal(LeavingStep, "words note about", because="what is left to do when an agreement ends")
personal(
    HoursQuestion,
    "words answer",
    what=_("what a supervisor asked of her hours, and her answer"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
personal(
    Remark,
    "words answer outcome",
    what=_("what was said of her work, how she sees it, and what came of it"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
personal(
    Supervision,
    "qualified_by",
    what=_("what qualifies her supervisor"),
    whose=Whose.SECRETARY,
    rule=EMPLOYMENT,
)
impersonal(Supervision, "covers", because="ids of skills, trainings and languages")


from . import personal_briefs  # noqa: E402, F401  kept beside, by the rules above
