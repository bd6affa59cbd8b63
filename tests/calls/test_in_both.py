from tests.stories.in_both import InBoth


class TestInRooms(InBoth):
    """In one process and one transaction."""
