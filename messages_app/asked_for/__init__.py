"""What clients ask their secretaries for in the portal, and what is answered."""
