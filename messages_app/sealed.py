from secretariat.rewrapping.places import column

from .mail.opening import PLACE
from .models import Mailbox

column(Mailbox, "sealed_secret", **PLACE)
