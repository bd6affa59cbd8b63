"""`manage.py fallback_document`: what a caller hears when nothing of ours answers, to be hosted elsewhere."""

from pathlib import Path

from django.core.management.base import BaseCommand

from calls import twiml


class Command(BaseCommand):
    help = "Write the document that /twilio/voice/fallback/ answers, to be hosted elsewhere."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path, help="where to write it; left out, it is shown")

    def handle(self, *, file, **options):
        document = twiml.apologise_and_record()
        if file is None:
            self.stdout.write(document)
            return
        file.write_text(document + "\n", encoding="utf-8")
        self.stdout.write(f"{file} is written. See docs/operating/fallback.md for where to put it.")
