"""The carrier simulator: what the firm's telephone carrier does, without the carrier.

A core that opens no socket and waits for nothing (`Carrier`). In tests `transports.in_process` carries its
words; in the demo and the stories `secretariat.local.outside` does, over HTTP. Nothing that runs in
production imports it.
"""

from .core import Carrier
from .delivery import Posting
from .parties import Heard, Party
from .rest.answering import RestAnswer

__all__ = ["Carrier", "Heard", "Party", "Posting", "RestAnswer"]
