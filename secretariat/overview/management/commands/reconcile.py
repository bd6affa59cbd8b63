"""`manage.py reconcile`: what the carrier knows and we do not, or the other way round."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from secretariat import clock
from secretariat.channels import Refused, Silent
from secretariat.overview import reconciling


class Command(BaseCommand):
    help = "Compare calls, texts and recordings with the carrier's own lists; exit 1 when anything differs."

    def add_arguments(self, parser):
        parser.add_argument("--hours", type=int, default=24, help="how far back to look (24)")

    def handle(self, *, hours, **options):
        since = clock.now() - timedelta(hours=hours)
        differences = 0
        try:
            for each in reconciling.compared(since):
                self._tell(each)
                differences += each.differences
        except (Refused, Silent) as trouble:
            raise CommandError(f"The carrier could not be asked: {trouble.code}.") from trouble
        if differences:
            raise CommandError(f"{differences} differences with the carrier in the last {hours} hours.")

    def _tell(self, each: reconciling.Compared) -> None:
        self.stdout.write(f"{each.what}: {each.there} at the carrier, {each.here} here")
        for words, names in (
            ("only at the carrier", each.only_there),
            ("only here", each.only_here),
            ("ended otherwise", each.disagree),
        ):
            for name in names:
                self.stdout.write(f"  {words}: {name}")
