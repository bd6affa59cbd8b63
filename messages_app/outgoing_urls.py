"""Addresses of mail in clients' names."""

from django.urls import path

from .views import (
    desk_asked,
    desk_mail_templates,
    desk_outgoing,
    desk_outgoing_begun,
    desk_passing_on,
    desk_sending,
    portal_outgoing,
)

desk = [
    path("inbox/<uuid:thread_id>/answer/", desk_outgoing.answer, name="inbox-answer"),
    path("inbox/mail/<uuid:mail_id>/pass-on/", desk_passing_on.pass_on, name="inbox-pass-on"),
    path("outgoing/", desk_outgoing_begun.index, name="outgoing-list"),
    path("outgoing/new/", desk_outgoing_begun.write, name="outgoing-new"),
    path("outgoing/<uuid:outgoing_id>/", desk_outgoing.detail, name="outgoing"),
    path("outgoing/<uuid:outgoing_id>/draft/", desk_outgoing.draft, name="outgoing-draft"),
    path("outgoing/<uuid:outgoing_id>/send/", desk_sending.send, name="outgoing-send"),
    path("outgoing/<uuid:outgoing_id>/undo/", desk_sending.undo, name="outgoing-undo"),
    path("outgoing/<uuid:outgoing_id>/drop/", desk_outgoing.drop, name="outgoing-drop"),
    path("outgoing/<uuid:outgoing_id>/template/", desk_sending.fill, name="outgoing-fill"),
    path("outgoing/<uuid:outgoing_id>/add/", desk_passing_on.add, name="outgoing-add"),
    path("outgoing/<uuid:outgoing_id>/along/", desk_passing_on.take_along, name="outgoing-along"),
    path("outgoing/<uuid:outgoing_id>/enclose/", desk_outgoing.enclose, name="outgoing-enclose"),
    path(
        "outgoing/<uuid:outgoing_id>/files/<uuid:enclosure_id>/take-out/",
        desk_outgoing.take_out,
        name="outgoing-take-out",
    ),
    path("outgoing/<uuid:outgoing_id>/decide/", desk_outgoing.decide, name="outgoing-decide"),
    path("outgoing/<uuid:outgoing_id>/take-back/", desk_outgoing.take_back, name="outgoing-take-back"),
    path("outgoing/<uuid:outgoing_id>/ask/", desk_outgoing.ask, name="outgoing-ask"),
    path("outgoing/<uuid:outgoing_id>/asked/<uuid:question_id>/told/", desk_asked.told, name="outgoing-told"),
    path("outgoing/<uuid:outgoing_id>/settle/", desk_outgoing.settle, name="outgoing-settle"),
    path("outgoing/<uuid:outgoing_id>/meanwhile/", desk_outgoing.meanwhile, name="outgoing-meanwhile"),
    path("mail-templates/", desk_mail_templates.index, name="mail-templates"),
    path("mail-templates/new/", desk_mail_templates.write, name="mail-template-new"),
    path("mail-templates/<uuid:template_id>/", desk_mail_templates.write, name="mail-template"),
    path("mail-templates/<uuid:template_id>/end/", desk_mail_templates.end, name="mail-template-end"),
    path("mail-domains/", desk_mail_templates.look_at_domains, name="mail-domains"),
    path("mail-domains/<uuid:client_id>/", desk_mail_templates.set_up_domain, name="mail-domain-set-up"),
]

portal = [
    path("mail/approvals/", portal_outgoing.index, name="mail-approvals"),
    path("mail/approvals/<uuid:outgoing_id>/", portal_outgoing.detail, name="mail-approval"),
    path("mail/approvals/<uuid:outgoing_id>/decide/", portal_outgoing.decide, name="mail-approval-decide"),
    path("mail/questions/<uuid:question_id>/", portal_outgoing.question, name="mail-question"),
    path("mail/questions/<uuid:question_id>/answer/", portal_outgoing.answer, name="mail-question-answer"),
]
