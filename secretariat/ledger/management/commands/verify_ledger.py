"""`manage.py verify_ledger`: prove that the ledger is as it was written."""

from django.core.management.base import BaseCommand, CommandError

from secretariat.ledger import sealing


class Command(BaseCommand):
    help = "Walk the ledger's chain; name the first row that is not as it was sealed, and exit 1."

    def add_arguments(self, parser):
        parser.add_argument(
            "--noted",
            type=anchor,
            metavar="COUNT:DIGEST",
            help="what this command printed earlier, kept elsewhere: the chain must still pass through it",
        )

    def handle(self, *, noted=None, **options):
        proof = sealing.verify(noted)
        if proof.fault:
            raise CommandError(f"The ledger has been altered: {proof.fault}.")
        self.stdout.write(
            f"The ledger is whole: {proof.count} entries sealed, {proof.unsealed} waiting.\n"
            f"Note this elsewhere: {proof.count}:{proof.digest.hex()}"
        )


def anchor(written: str) -> tuple[int, bytes]:
    """A count and a digest, as printed. Raises ValueError, which argparse explains."""
    count, _, digest = written.partition(":")
    return int(count), bytes.fromhex(digest)
