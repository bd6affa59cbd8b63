"""How the carrier's words travel inside a test. Over HTTP they travel in `secretariat.local.outside`."""
