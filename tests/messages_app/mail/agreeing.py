"""A client who lets us into her mailbox at Google or Microsoft, as her browser does it."""

from urllib.parse import parse_qs, urlsplit

from django.urls import reverse

HERS = "ngozi@okafor.example"


class Person:
    def __init__(self, office, online, contact):
        self.browser, self.online = office.browser(contact), online

    def sets_out(self, kind, **asked):
        answer = self.browser.get(reverse(f"mail-{kind}"), asked)
        query = parse_qs(urlsplit(answer["Location"]).query) if answer.status_code == 302 else {}
        return answer, {name: values[0] for name, values in query.items()}

    def comes_back(self, address):
        parts = urlsplit(address)
        return self.browser.get(f"{parts.path}?{parts.query}", headers={"host": parts.netloc})

    def connects(self, kind, account=HERS, *, scope=None, **asked):
        _answer, query = self.sets_out(kind, **asked)
        return self.comes_back(getattr(self.online, kind).consent.agree(query, account, scope=scope))
