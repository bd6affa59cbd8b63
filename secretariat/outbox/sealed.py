from secretariat.rewrapping.places import column

from .models import InboundEvent

column(InboundEvent, "sealed_body", table="inbound_event", field="body")
