"""How Django itself writes dates and times where no template of ours does, which is in the admin."""
