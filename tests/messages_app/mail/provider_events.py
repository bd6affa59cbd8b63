"""What each provider posts of a mail that it took from us, by its documents.

Held against what anymail's own tests post, some of it taken down from what really came
(https://github.com/anymail/django-anymail, `tests/test_*_webhooks.py`): content types, names of events, and
how a mail server's words stand in them. The pages named below were not all to be had again beside that.

Each function takes what happened, about which mail (`receipt`: the id that it gave to it when it took it)
and which address, and returns path, body, content type and headers. What happened is DELIVERED, GONE (the
mailbox is not there), FULL (not for good) or UNWANTED; None where the provider tells no such thing.
"""

import base64
import hashlib
import hmac
import json
from urllib.parse import urlencode

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

DELIVERED, GONE, FULL, UNWANTED = "delivered", "gone", "full", "unwanted"
SECRET = "a-secret-of-the-webhook"
MANDRILL_AT = "https://desk.example/anymail/mandrill/"
NOT_THERE = "550 5.1.1 <dana@harlow.example>: Recipient address rejected: User unknown"
IS_FULL = "452 4.2.2 The email account that you tried to reach is over quota"
SECONDS = 1795602600


def _json(esp, told, **headers):
    body = json.dumps(told).encode()
    return f"/anymail/{esp}/tracking/", body, "application/json", headers


def signed(body):
    return hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()


def amazon_ses(what, receipt, *to, **_):
    """https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html

    It comes through Amazon's notification service, which posts JSON and calls it plain text.
    """
    told = {"mail": {"messageId": receipt, "destination": list(to), "source": "ngozi@okafor.example"}}
    if what in (GONE, FULL):
        kind, sub = ("Permanent", "General") if what == GONE else ("Transient", "MailboxFull")
        said = ("5.1.1", NOT_THERE) if what == GONE else ("4.2.2", IS_FULL)
        how = {"action": "failed", "status": said[0], "diagnosticCode": f"smtp; {said[1]}"}
        each = [{"emailAddress": one} | how for one in to]
        told |= {"notificationType": "Bounce"}
        told["bounce"] = {"bounceType": kind, "bounceSubType": sub, "bouncedRecipients": each}
    elif what == UNWANTED:
        told |= {"notificationType": "Complaint"}
        told["complaint"] = {"complainedRecipients": [{"emailAddress": one} for one in to]}
        told["complaint"] |= {"complaintFeedbackType": "abuse", "userAgent": "AnyCompany (V0.01)"}
    else:
        told |= {"notificationType": "Delivery"}
        told["delivery"] = {"recipients": list(to), "smtpResponse": "250 ok: Message 64111812 accepted"}
    sns = {"Type": "Notification", "MessageId": f"sns-{what}", "Timestamp": "2026-11-25T10:30:00.000Z"}
    about = {"X-Amz-Sns-Message-Type": "Notification", "X-Amz-Sns-Message-Id": f"sns-{what}"}
    path, body, _kind, headers = _json("amazon_ses", sns | {"Message": json.dumps(told) + "\n"}, **about)
    return path, body, "text/plain; charset=UTF-8", headers


def brevo(what, receipt, to, **_):
    """https://developers.brevo.com/docs/transactional-webhooks"""
    event = {DELIVERED: "delivered", GONE: "hard_bounce", FULL: "soft_bounce", UNWANTED: "spam"}[what]
    told = {"event": event, "email": to, "id": 26224, "message-id": receipt, "ts_epoch": SECONDS * 1000}
    reason = {GONE: f"550 RecipientError: {NOT_THERE}", FULL: f"452 RecipientError: {IS_FULL}"}.get(what)
    return _json("brevo", told | ({"reason": reason} if reason else {}))


def mailersend(what, receipt, to, **_):
    """https://developers.mailersend.com/api/v1/webhooks.html; it escapes each slash"""
    kind = {DELIVERED: "delivered", GONE: "hard_bounced", FULL: "soft_bounced", UNWANTED: "spam_complaint"}[
        what
    ]
    data = {"object": "activity", "id": f"62f114f8165fe0d8db0288e{len(what)}", "type": kind}
    data |= {"created_at": "2026-11-25T10:30:00.000000Z", "email": {"tags": []}}
    data["email"] |= {"message": {"object": "message", "id": receipt}, "recipient": {"email": to}}
    data["email"]["status"] = "rejected" if what in (GONE, FULL) else "delivered"
    data["email"] |= {"subject": "Opening hours 9/5", "from": "ngozi@okafor.example"}
    data["morph"] = None
    if what in (GONE, FULL):
        reason = "Host or domain name not found" if what == GONE else "Unknown reason"
        data["morph"] = {"object": "recipient_bounce", "reason": reason, "readable_reason": None}
    elif what == UNWANTED:
        data["morph"] = {"object": "spam_complaint", "reason": None}
    path, body, kind, _headers = _json("mailersend", {"type": f"activity.{kind}", "data": data})
    body = body.replace(b"/", b"\\/")
    return path, body, kind, {"Signature": signed(body)}


def mailgun(what, receipt, to, **_):
    """https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhooks"""
    event = {DELIVERED: "delivered", GONE: "failed", FULL: "failed", UNWANTED: "complained"}[what]
    told = {"event": event, "recipient": to, "timestamp": SECONDS + 0.153125, "id": "G9Bn5sl1TC6nu79C8C0bwg"}
    told |= {"message": {"headers": {"message-id": receipt.strip("<>")}}, "user-variables": {}, "tags": []}
    if what == GONE:
        said = NOT_THERE.removeprefix("550 ")  # the server's words stand without the code before them
        status = {"code": 550, "message": said, "description": "", "attempt-no": 1}
        told |= {"severity": "permanent", "reason": "bounce", "delivery-status": status}
    elif what == FULL:
        said = IS_FULL.removeprefix("452 ")
        status = {"code": 452, "message": said, "description": "", "attempt-no": 1, "retry-seconds": 600}
        told |= {"severity": "temporary", "reason": "generic", "delivery-status": status}
    token = what.ljust(50, "t")
    made = hmac.new(SECRET.encode(), f"{SECONDS}{token}".encode(), hashlib.sha256).hexdigest()
    signature = {"timestamp": str(SECONDS), "token": token, "signature": made}
    return _json("mailgun", {"signature": signature, "event-data": told})


def mailjet(what, receipt, to, **_):
    """https://dev.mailjet.com/email/guides/webhooks/"""
    event = {DELIVERED: "sent", GONE: "bounce", FULL: "bounce", UNWANTED: "spam"}[what]
    told = {"event": event, "time": SECONDS, "MessageID": int(receipt), "email": to, "Payload": ""}
    told |= {"mj_message_id": receipt, "mj_campaign_id": 1234567890, "customcampaign": ""}
    if what in (GONE, FULL):
        error = "user unknown" if what == GONE else "quota exceeded"
        told |= {
            "blocked": what == GONE,
            "hard_bounce": what == GONE,
            "error_related_to": "recipient",
            "error": error,
        }
        told |= {"comment": NOT_THERE if what == GONE else IS_FULL}
    elif what == UNWANTED:
        told |= {"source": "JMRPP"}
    else:
        told |= {"smtp_reply": "sent (250 2.0.0 OK 4fa5g8)"}
    return _json("mailjet", [told])


def mailtrap(what, receipt, to, **_):
    """https://docs.mailtrap.io/email-api-smtp/advanced/webhooks"""
    event = {DELIVERED: "delivery", GONE: "bounce", FULL: "soft bounce", UNWANTED: "spam"}[what]
    told = {"event": event, "message_id": receipt, "sending_stream": "transactional", "email": to}
    told |= {"timestamp": SECONDS, "event_id": f"bede7236-2284-43d6-a953-{what}", "custom_variables": {}}
    if what in (GONE, FULL):
        told |= {
            "response": f"bounced ({NOT_THERE})" if what == GONE else f"soft bounce ({IS_FULL})",
            "response_code": 550 if what == GONE else 452,
            "bounce_category": "hard" if what == GONE else "unavailable",
        }
    path, body, kind, _headers = _json("mailtrap", {"events": [told]})
    return path, body, kind, {"Mailtrap-Signature": signed(body)}


def mandrill(what, receipt, to, **_):
    """https://mailchimp.com/developer/transactional/docs/webhooks/; of what arrived it tells nothing"""
    event = {GONE: "hard_bounce", FULL: "soft_bounce", UNWANTED: "spam"}.get(what)
    if event is None:
        return None
    msg = {"ts": SECONDS, "_id": receipt, "email": to, "sender": "ngozi@okafor.example", "state": "bounced"}
    msg |= {"tags": [], "metadata": {}, "subject": "Re: Hours"}
    if what in (GONE, FULL):
        msg |= {"bounce_description": "bad_mailbox" if what == GONE else "mailbox_full"}
        msg |= {"bgtools_code": 10 if what == GONE else 22}
        msg |= {"diag": f"smtp;{NOT_THERE if what == GONE else IS_FULL}"}
    told = [{"event": event, "ts": SECONDS, "_id": receipt, "msg": msg}]
    fields = {"mandrill_events": json.dumps(told)}
    over = MANDRILL_AT + "".join(name + value for name, value in sorted(fields.items()))
    made = base64.b64encode(hmac.new(b"mandrill", over.encode(), hashlib.sha1).digest()).decode()
    form = "application/x-www-form-urlencoded"
    return "/anymail/mandrill/", urlencode(fields).encode(), form, {"X-Mandrill-Signature": made}


def postal(what, receipt, to, *, postal_key, **_):
    """https://docs.postalserver.io/developer/webhooks; of complaints it tells nothing"""
    if what == UNWANTED:
        return None
    message = {
        "id": int(receipt),
        "token": "rC4nUWv2",
        "direction": "outgoing",
        "message_id": "a@b",
        "to": to,
    }
    status = {DELIVERED: "Sent", GONE: "HardFail", FULL: "SoftFail"}[what]
    output = {DELIVERED: "250 2.0.0 OK", GONE: NOT_THERE, FULL: IS_FULL}[what]
    event = {DELIVERED: "MessageSent", GONE: "MessageDeliveryFailed", FULL: "MessageDelayed"}[what]
    payload = {"status": status, "details": "as its server said", "output": output, "message": message}
    told = {"event": event, "timestamp": SECONDS + 0.12, "payload": payload, "uuid": f"u-{what}"}
    return _by_postal(told, postal_key)


def postal_came_back(receipt, to, *, postal_key):
    """https://docs.postalserver.io/developer/webhooks, MessageBounced: both mails, and no status"""
    ours = {"id": int(receipt), "direction": "outgoing", "message_id": "a@b", "to": to, "tag": None}
    theirs = {"id": 233864, "direction": "incoming", "to": "bk87jw@psrp.postal.example", "from": None}
    payload = {"original_message": ours, "bounce": theirs, "details": "details", "output": "server output"}
    told = {"event": "MessageBounced", "timestamp": SECONDS + 0.12, "payload": payload, "uuid": "u-back"}
    return _by_postal(told, postal_key)


def _by_postal(told, postal_key):
    path, body, kind, _headers = _json("postal", told)
    signature = postal_key.sign(body, padding.PKCS1v15(), hashes.SHA1())
    return path, body, kind, {"X-Postal-Signature": base64.b64encode(signature).decode()}


def postmark(what, receipt, to, **_):
    """https://postmarkapp.com/developer/webhooks/bounce-webhook, …/delivery-webhook and so on"""
    told = {"MessageID": receipt, "ServerID": 23, "MessageStream": "outbound", "Metadata": {}, "Tag": ""}
    if what == DELIVERED:
        told |= {"RecordType": "Delivery", "Recipient": to, "DeliveredAt": "2026-11-25T10:30:00Z"}
        return _json("postmark", told | {"Details": "Test delivery webhook details"})
    kind = {GONE: "HardBounce", FULL: "SoftBounce", UNWANTED: "SpamComplaint"}[what]
    told |= {"RecordType": "SpamComplaint" if what == UNWANTED else "Bounce", "Type": kind, "Email": to}
    told |= {"ID": 4323372036854775800 + len(what), "BouncedAt": "2026-11-25T10:30:00Z"}
    told |= {"Inactive": what != FULL, "TypeCode": {GONE: 1, FULL: 4096, UNWANTED: 512}[what]}
    said = {GONE: f"smtp;{NOT_THERE}", FULL: f"smtp;{IS_FULL}"}.get(what, "")
    told |= {"Description": "as documented", "Details": said, "From": "ngozi@okafor.example"}
    return _json("postmark", told)


def resend(what, receipt, *to, **_):
    """https://resend.com/docs/dashboard/webhooks/event-types"""
    kind = {DELIVERED: "delivered", GONE: "bounced", FULL: "bounced", UNWANTED: "complained"}[what]
    data = {
        "email_id": receipt,
        "from": "Ngozi Okafor <ngozi@okafor.example>",
        "to": list(to),
        "subject": "Re: Hours",
    }
    if what == GONE:
        said = "The recipient's email provider sent a hard bounce message, but didn't specify the reason."
        data["bounce"] = {"message": said, "subType": "General", "type": "Permanent"}
    elif what == FULL:
        said = "The recipient's email provider sent a bounce message because the recipient's inbox was full."
        data["bounce"] = {"message": said, "subType": "MailboxFull", "type": "Transient"}
    told = {"type": f"email.{kind}", "created_at": "2026-11-25T10:30:00.000Z", "data": data}
    return _json("resend", told, **{"svix-id": f"msg_{what}"})


def sendgrid(what, receipt, to, **_):
    """https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event"""
    event = {DELIVERED: "delivered", GONE: "bounce", FULL: "bounce", UNWANTED: "spamreport"}[what]
    told = {
        "email": to,
        "timestamp": SECONDS,
        "event": event,
        "sg_event_id": f"sg-{what}",
        "sg_message_id": "wrfRRvF7Q0GgwUo2CvDmEA.filter0425p1mdw1.13037.57168B4A1D.0",
        "smtp-id": "<wrfRRvF7Q0GgwUo2CvDmEA@ismtpd0006p1sjc2.sendgrid.net>",
        "anymail_id": receipt,
    }
    if what == DELIVERED:
        told |= {"response": "250 2.0.0 OK 1461095248 m143si2210036ioe.159 - gsmtp ", "tls": 1}
    if what in (GONE, FULL):
        told |= {"type": "bounce" if what == GONE else "blocked"}
        told |= {
            "reason": NOT_THERE if what == GONE else IS_FULL,
            "status": "5.1.1" if what == GONE else "4.2.2",
        }
    return _json("sendgrid", [told])


def sparkpost(what, receipt, to, **_):
    """https://developers.sparkpost.com/api/webhooks/"""
    kind = {DELIVERED: "delivery", GONE: "bounce", FULL: "bounce", UNWANTED: "spam_complaint"}[what]
    told = {
        "type": kind,
        "event_id": f"92356927693813{len(what)}",
        "timestamp": str(SECONDS),
        "rcpt_meta": {},
    }
    told |= {
        "transmission_id": receipt,
        "rcpt_to": to.lower(),
        "raw_rcpt_to": to,
        "message_id": "000443ee14578172be22",
    }
    if what in (GONE, FULL):
        told |= {"bounce_class": "10" if what == GONE else "22"}
        told |= {"raw_reason": NOT_THERE if what == GONE else IS_FULL}
        told |= {"error_code": "550" if what == GONE else "452", "reason": "with its addresses left out"}
    elif what == UNWANTED:
        told |= {"fbtype": "abuse", "report_to": "abuse@firm.example"}
    return _json("sparkpost", [{"msys": {"message_event": told}, "cust": {"id": "00000"}}])


# By name, with the id that each gives to a mail.
PROVIDERS = {
    amazon_ses: "0102018b7cd2e5f4-4f2e-000000",
    brevo: "<202611251030.12345678901@smtp-relay.mailin.fr>",
    mailersend: "62fb66bef54a112e920b5493",
    mailgun: "<20261125103000.1.ABC@mg.firm.example>",
    mailjet: "19421777835146490",
    mailtrap: "1df37d17-0286-4d8b-8edf-bc4ec5be86e6",
    mandrill: "7761629d51b545b4a8c9f9a4c5f1d7a1",
    postal: "12345",
    postmark: "883953f4-6105-42a2-a16a-77a8eac79483",
    resend: "56761188-7520-42d8-8898-ff6fc54ce618",
    sendgrid: "c2c1f5f5-0001-4b1e-8a52-1c2f3ab4c5d6",
    sparkpost: "65832150921904138",
}
