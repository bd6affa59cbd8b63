from secretariat.rewrapping.places import column

from .models import Connection
from .tokens import PLACE

column(Connection, "sealed_secret", **PLACE)
