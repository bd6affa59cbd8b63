"""`manage.py rewrap`: after a new key was put first in VAULT_KEYS, let go of the ones behind it."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from secretariat.rewrapping import places, turning


class Command(BaseCommand):
    help = (
        "Seal with the first of VAULT_KEYS whatever is sealed with another; exit 1 while something remains."
    )

    def handle(self, **options):
        faults = []
        for column in places.columns():
            where = f"{column.model._meta.db_table}.{column.name}"
            turned = turning.rewrap(column)
            self.stdout.write(f"{where}: {turned.done} sealed anew, {turned.remain} remain.")
            for key_id, rows in sorted(turned.gone.items()):
                faults.append(f"{rows} of {where} need the key {key_id!r}, which is not in VAULT_KEYS.")
            if turned.spoilt:
                faults.append(f"{len(turned.spoilt)} of {where} do not open: {', '.join(turned.spoilt[:5])}.")
        if faults:
            raise CommandError("\n".join(faults))
        first, *others = (entry.partition(":")[0] for entry in settings.VAULT_KEYS)
        self.stdout.write(
            f"Everything is under {first!r}."
            + (f" These may be taken out of VAULT_KEYS: {', '.join(others)}." if others else "")
        )
