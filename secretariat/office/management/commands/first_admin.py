"""`manage.py first_admin EMAIL`: let the first person in, who invites all others."""

from django.core.management.base import BaseCommand, CommandError

from secretariat import clock
from secretariat.office import inviting
from secretariat.office.models import Firm, Invitation, Post
from secretariat.office.profiles import skills


class Command(BaseCommand):
    help = "Print a link at which the firm's first administrator sets her name and password."

    def add_arguments(self, parser):
        parser.add_argument("email", help="her e-mail address; she signs in with it")
        parser.add_argument("--name", default="", help="her name, which she may change")

    def handle(self, *, email, name, **options):
        if Post.objects.current().filter(post=Post.Kind.ADMIN).exists():
            raise CommandError("There is an administrator already; she invites others in the admin.")
        if not Firm.objects.exists():  # a new firm works under signed contracts from its first day on
            Firm.objects.create(contracts_from=clock.now().date())
            skills.put_in_the_usual()
        invitation = inviting.invite(
            email=email, name=name or email, gives=Invitation.Gives.ADMIN, by=None, at=clock.now()
        )
        self.stdout.write(f"Open this within 72 hours; it opens once:\n{inviting.address(invitation)}")
