"""Mail on behalf of clients: how soon it is on the right desk, whether any is lost, and what its pages cost.

Three measurements, each in an office of its own: `arriving.py`, `pouring.py` and `old_mail.py`.
"""

from . import arriving, old_mail, pouring
from .figures import Figure
from .office import Office


def measure(office: Office, *, quick: bool) -> list[Figure]:
    figures = []
    for part in (arriving, pouring, old_mail):
        figures += part.measure(office, quick=quick)
        office.stop_all()
        office.filled = {}  # its clients have mailboxes, and mail
    return figures
