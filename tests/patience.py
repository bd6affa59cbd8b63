"""How long a test waits for what must come: one limit for them all.

A limit costs nothing where the thing comes, so it lies far beyond what a slow computer with other work to do
takes. No test says by it that something is quick: it only ends a run in which something hangs.
"""

PATIENCE = 120  # seconds
IN_BROWSER = PATIENCE * 1000  # milliseconds, as Playwright counts
