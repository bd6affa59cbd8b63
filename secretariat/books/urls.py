"""The books' addresses: a secretary's own hours, the firm's books, the client's bills."""

from django.urls import path

from .views import agreements, bills, fairness, my_pay, partner, pay, plans, portal_agreement, time, weeks
from .views import portal as of_client

site = [
    path("partner/", partner.page, name="partner"),
    path("partner/pay/<uuid:statement_id>/", partner.statement, name="partner-statement"),
    path("partner/pay/<uuid:statement_id>/pdf/", partner.statement_pdf, name="partner-statement-pdf"),
]

desk = [
    path("fairness/", fairness.hers, name="my-fairness"),
    path("pay/", my_pay.listed, name="my-pay"),
    path("pay/details/", my_pay.details, name="my-pay-details"),
    path("pay/details/confirm/", my_pay.confirm, name="my-pay-confirm"),
    path("pay/expense/", my_pay.expense, name="my-pay-expense"),
    path("pay/<uuid:statement_id>/", my_pay.one, name="my-statement"),
    path("pay/<uuid:statement_id>/pdf/", my_pay.pdf, name="my-statement-pdf"),
    path("pay/<uuid:statement_id>/ask/", my_pay.ask, name="my-statement-ask"),
    path("time/", time.week, name="books-time"),
    path("time/confirm/", time.confirm, name="books-time-confirm"),
    path("time/add/", time.add, name="books-time-add"),
    path("time/<uuid:record_id>/correct/", time.correct, name="books-time-correct"),
]

portal = [
    path("agreement/", portal_agreement.newest, name="portal-agreement"),
    path("agreement/<uuid:agreement_id>/", portal_agreement.one, name="portal-agreement-one"),
    path("agreement/<uuid:agreement_id>/accept/", portal_agreement.accept, name="portal-agreement-accept"),
    path("agreement/<uuid:agreement_id>/decline/", portal_agreement.decline, name="portal-agreement-decline"),
    path("agreement/<uuid:agreement_id>/pdf/", portal_agreement.pdf, name="portal-agreement-pdf"),
    path("bills/", of_client.listed, name="portal-bills"),
    path("bills/<uuid:bill_id>/", of_client.one, name="portal-bill"),
    path("bills/<uuid:bill_id>/pdf/", of_client.pdf, name="portal-bill-pdf"),
    path("bills/lines/<uuid:line_id>/ask/", of_client.ask, name="portal-bill-ask"),
]

firm = [
    path("books/fairness/", fairness.of_firm, name="fairness"),
    path("agreements/", agreements.listed, name="agreements"),
    path("agreements/of/<uuid:client_id>/write/", agreements.write, name="agreement-write"),
    path("agreements/<uuid:agreement_id>/", agreements.one, name="agreement"),
    path("agreements/<uuid:agreement_id>/offer/", agreements.offer, name="agreement-offer"),
    path("agreements/<uuid:agreement_id>/withdraw/", agreements.withdraw, name="agreement-withdraw"),
    path("agreements/<uuid:agreement_id>/end/", agreements.end, name="agreement-end"),
    path("agreements/<uuid:agreement_id>/pdf/", agreements.pdf, name="agreement-pdf"),
    path("agreements/steps/<uuid:step_id>/done/", agreements.step, name="agreement-step"),
    path("books/pay/", pay.listed, name="pay-runs"),
    path("books/pay/prepare/", pay.prepare, name="pay-prepare"),
    path("books/pay/extras/add/", pay.add_extra, name="pay-extra-add"),
    path("books/pay/extras/<uuid:extra_id>/agree/", pay.agree, name="pay-extra-agree"),
    path("books/pay/extras/<uuid:extra_id>/refuse/", pay.refuse, name="pay-extra-refuse"),
    path("books/pay/outcomes/add/", pay.add_outcome, name="pay-outcome-add"),
    path("books/pay/statements/<uuid:statement_id>/", pay.statement, name="pay-statement"),
    path("books/pay/statements/<uuid:statement_id>/pdf/", pay.statement_pdf, name="pay-statement-pdf"),
    path("books/pay/<uuid:run_id>/", pay.one, name="pay-run"),
    path("books/pay/<uuid:run_id>/again/", pay.again, name="pay-again"),
    path("books/pay/<uuid:run_id>/approve/", pay.approve, name="pay-approve"),
    path("books/pay/<uuid:run_id>/drop/", pay.drop, name="pay-drop"),
    path("books/pay/<uuid:run_id>/table/", pay.table, name="pay-table"),
    path("books/pay/<uuid:run_id>/bank/", pay.for_bank, name="pay-for-bank"),
    path("books/bills/", bills.listed, name="books-bills"),
    path("books/run/", bills.run, name="books-run"),
    path("books/issue/", bills.issue_all, name="books-issue-all"),
    path("books/bills/<uuid:bill_id>/", bills.one, name="books-bill"),
    path("books/bills/<uuid:bill_id>/issue/", bills.issue, name="books-bill-issue"),
    path("books/bills/<uuid:bill_id>/pay/", bills.pay, name="books-bill-pay"),
    path("books/bills/<uuid:bill_id>/pdf/", bills.pdf, name="books-bill-pdf"),
    path("books/items/<uuid:item_id>/waive/", bills.waive, name="books-waive"),
    path("books/questions/<uuid:question_id>/explain/", bills.explain, name="books-explain"),
    path("books/questions/<uuid:question_id>/credit/", bills.credit, name="books-credit"),
    path("books/plans/", plans.listed, name="books-plans"),
    path("books/plans/<uuid:client_id>/", plans.one, name="books-plan"),
    path("books/plans/<uuid:client_id>/change/", plans.change, name="books-plan-change"),
    path("books/plans/<uuid:client_id>/account/", plans.account, name="books-account"),
    path("books/time/", weeks.listed, name="books-weeks"),
    path("books/time/of/<uuid:secretary_id>/", weeks.one, name="books-week"),
    path("books/time/<uuid:week_id>/approve/", weeks.approve, name="books-week-approve"),
    path("books/time/<uuid:week_id>/send-back/", weeks.send_back, name="books-week-send-back"),
    path("books/time/record/<uuid:record_id>/", weeks.correct, name="books-week-correct"),
]
