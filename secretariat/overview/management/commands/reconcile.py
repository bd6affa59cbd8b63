"""`manage.py reconcile`: what the carrier knows and we do not, or the other way round.

With `--import` it takes in, instead, the calls and recordings that were made while we were away.
"""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from calls import missed
from secretariat import clock, outbox
from secretariat.channels import Refused, Silent
from secretariat.overview import reconciling


class Command(BaseCommand):
    help = (
        "Compare calls, texts, recordings and mail with what the carriers know; exit 1 when anything differs."
    )

    def add_arguments(self, parser):
        parser.add_argument("--hours", type=int, default=24, help="how far back to look (24)")
        parser.add_argument(
            "--import", action="store_true", dest="take_in", help="take in calls and recordings we missed"
        )

    def handle(self, *, hours, take_in, **options):
        since = clock.now() - timedelta(hours=hours)
        differences = 0
        try:
            if take_in:
                found = missed.take_in(since)
                outbox.drain_inbox()
                self.stdout.write(f"taken in: {found.calls} calls, {found.recordings} recordings")
                return
            for each in reconciling.compared(since):
                self._tell(each)
                differences += each.differences
        except (Refused, Silent) as trouble:
            raise CommandError(f"The carrier could not be asked: {trouble.code}.") from trouble
        if differences:
            raise CommandError(f"{differences} differences with the carrier in the last {hours} hours.")

    def _tell(self, each: reconciling.Compared) -> None:
        if each.cannot_tell:
            self.stdout.write(f"{each.what}: {each.here} here; {each.cannot_tell}")
            return
        self.stdout.write(f"{each.what}: {each.there} at the carrier, {each.here} here")
        for words, names in (
            ("only at the carrier", each.only_there),
            ("only here", each.only_here),
            ("ended otherwise", each.disagree),
        ):
            for name in names:
                self.stdout.write(f"  {words}: {name}")
