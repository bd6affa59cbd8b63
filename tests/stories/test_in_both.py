from .in_both import InBoth


class TestInLife(InBoth):
    """With real processes, the simulator over HTTP, and a browser where she has one."""
