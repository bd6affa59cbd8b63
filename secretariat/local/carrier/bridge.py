"""Two legs that hear each other."""


class Bridge:
    def __init__(self, parent, child):
        self.legs = (parent, child)
        self.began_at = parent.carrier.now
        self.parted_at = None
        self._carrier = parent.carrier
        for leg in self.legs:
            leg.bridge = self

    @property
    def whole(self) -> bool:
        return self.parted_at is None and all(leg.talking for leg in self.legs)

    @property
    def seconds(self) -> float:
        return ((self.parted_at or self._carrier.now) - self.began_at).total_seconds()

    def part(self) -> None:
        """Take the two apart; the legs go on without each other."""
        if self.parted_at is not None:
            return
        self.parted_at = self._carrier.now
        for leg in self.legs:
            if leg.bridge is self:
                leg.bridge = None
