from secretariat.rewrapping.places import column

from .models import Device

DEVICE = {"table": "device", "field": "sealed"}

column(Device, "sealed", **DEVICE)
