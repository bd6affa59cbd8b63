"""`manage.py connect_twilio`: point the firm's numbers at this site. It only looks, until told to apply."""

from django.core.management.base import BaseCommand, CommandError

from clients import numbers
from secretariat.channels import Refused, Silent
from secretariat.overview import connecting
from secretariat.overview.number_check import NAMES, RIGHT


class Command(BaseCommand):
    help = "Compare the numbers at the carrier with our lines, and with --apply point them at this site."

    def add_arguments(self, parser):
        parser.add_argument("--apply", action="store_true", help="set what is wrong; without it only look")
        parser.add_argument(
            "--fallback", default="", metavar="URL", help="where the fixed answer is hosted, if elsewhere"
        )

    def handle(self, *, apply, fallback, **options):
        if fallback and not fallback.startswith("https://"):
            raise CommandError("The address of the fallback begins with https://.")
        try:
            rows = connecting.compared(fallback)
        except (Refused, Silent) as trouble:
            raise CommandError(f"The carrier could not be asked: {trouble.code}.") from trouble
        for row in rows:
            self._tell(row)
        to_mend = [row for row in rows if row.to_set]
        if not apply:
            self.stdout.write(
                f"Nothing was changed. {len(to_mend)} to set: run it again with --apply."
                if to_mend
                else "There is nothing to set."
            )
            return
        self._apply(to_mend)

    def _tell(self, row) -> None:
        whose = (row.line.client or "the number texts are sent from") if row.line else "no line"
        self.stdout.write(f"{numbers.spaced(row.number)}  {whose}: {'right' if row.state == RIGHT else ''}")
        for fault in row.faults:
            about = f"{NAMES[fault.address]}: " if fault.address else ""
            self.stdout.write(f"  {about}{fault.what}")
        for name, address in row.to_set:
            self.stdout.write(f"  {name} becomes {address}")

    def _apply(self, rows) -> None:
        failed = 0
        for row in rows:
            try:
                connecting.point(row)
                self.stdout.write(f"{numbers.spaced(row.number)}  is set.")
            except (Refused, Silent) as trouble:
                failed += 1
                self.stdout.write(f"{numbers.spaced(row.number)}  could not be set: {trouble.code}.")
        if failed:
            raise CommandError(f"{failed} of {len(rows)} could not be set. Run it again.")
        self.stdout.write(f"{len(rows)} set.")
