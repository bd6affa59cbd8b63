from django.db import models


class CaselessEmailField(models.EmailField):
    """An address that is the same however it is capitalised (PostgreSQL's citext)."""

    def db_type(self, connection):
        return "citext"
