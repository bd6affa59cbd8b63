"""A name server on this computer: the TXT records of whichever domains a test has."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.message
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset
from dns.rdtypes.ANY.TXT import TXT

LONGEST = 255  # bytes of one string of a record


class _Asked(socketserver.BaseRequestHandler):
    def handle(self):
        wire, socket = self.request
        query = dns.message.from_wire(wire)
        [question] = query.question
        answer = dns.message.make_response(query)
        texts = self.server.records.get(question.name.to_text().rstrip(".").lower())
        if texts is None:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        elif question.rdtype == dns.rdatatype.TXT:
            answer.answer.append(dns.rrset.from_rdata(question.name, 60, *map(_record, texts)))
        socket.sendto(answer.to_wire(), self.client_address)


def _record(text: str) -> TXT:
    content = text.encode()
    parts = [content[start : start + LONGEST] for start in range(0, len(content), LONGEST)]
    return TXT(dns.rdataclass.IN, dns.rdatatype.TXT, parts)


@contextmanager
def answering(port: int) -> Iterator[dict[str, list[str]]]:
    """The records, by name, to be changed at any time: it answers by them while the block lasts."""
    with socketserver.ThreadingUDPServer(("127.0.0.1", port), _Asked) as server:
        server.records = {}
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.records
        finally:
            server.shutdown()
