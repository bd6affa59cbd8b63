"""`manage.py retention`: what is kept of people, and how long, with the firm's figures."""

from django.core.management.base import BaseCommand

from secretariat.retention import table


class Command(BaseCommand):
    help = "Print what is kept of people, whose it is, how long, and what then becomes of it."

    def add_arguments(self, parser):
        parser.add_argument(
            "--to-begin-with", action="store_true", help="with the figures before the firm changes any"
        )

    def handle(self, *, to_begin_with=False, **options):
        self.stdout.write(table.as_markdown(as_set=not to_begin_with))
