"""`manage.py make_push_key`: a key for notices to clients' browsers."""

from django.conf import settings
from django.core.management.base import BaseCommand

from secretariat.channels import push


class Command(BaseCommand):
    help = "Print a new VAPID_PRIVATE_KEY, which signs notices to clients' browsers. Nothing is stored."

    def handle(self, **options):
        self.stdout.write(f"VAPID_PRIVATE_KEY={push.new_private_key()}")
        if settings.VAPID_PRIVATE_KEY:
            self.stderr.write(
                "There is a key already. With this one in its place every browser has to be switched on anew."
            )
