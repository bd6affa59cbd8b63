"""How the carrier's words travel: through Django's test client, or over HTTP."""
