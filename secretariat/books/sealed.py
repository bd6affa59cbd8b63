from secretariat.rewrapping.places import column

from .models import BankDetails
from .pay_details import PLACE

column(BankDetails, "sealed", **PLACE)
