from secretariat.rewrapping.places import column

from .mail.secret import PLACE
from .models import Mailbox

column(Mailbox, "sealed_secret", **PLACE)
