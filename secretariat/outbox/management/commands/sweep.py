import signal

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from secretariat.outbox import sweeping


class Command(BaseCommand):
    help = "Send and work everything that is due, without Celery. With --watch, for ever."

    def add_arguments(self, parser):
        parser.add_argument("--watch", action="store_true", help="go on until told to stop")

    def handle(self, *, watch, **options):
        if not watch:
            self.stdout.write(_("Done: %(number)s") % {"number": sweeping.once()})
            return
        sweep = sweeping.Watch()
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda *_told: sweep.stop())
        sweep.run()
