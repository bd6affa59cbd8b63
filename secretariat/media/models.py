from django.db import models
from django.db.models import Q

from secretariat import clock
from secretariat.ids import uuid7


class MediaFile(models.Model):
    """What is known about a file. Its bytes lie sealed under MEDIA_ROOT, in a file named by this row's id."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_id = models.UUIDField(null=True, db_index=True)
    kind = models.CharField(max_length=64, help_text="Which guard decides who may see it.")
    name = models.CharField(max_length=255, help_text="As it is offered for saving; never a path.")
    content_type = models.CharField(max_length=127)
    size = models.BigIntegerField(help_text="Bytes of the content, not of the sealed file.")
    sha256 = models.CharField(max_length=64, help_text="Of the content, in hexadecimal.")
    sealed_key = models.BinaryField(help_text="The file's own key, sealed with the firm's.")
    created_at = models.DateTimeField(default=clock.now)
    delete_after = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "media_file"
        verbose_name = "file"
        indexes = [
            models.Index(
                fields=["delete_after"],
                name="media_file_due",
                condition=Q(deleted_at__isnull=True, delete_after__isnull=False),
            )
        ]
        constraints = [
            models.CheckConstraint(
                # Without its key a file cannot be read even where a backup still has its bytes.
                condition=Q(deleted_at__isnull=True) | Q(sealed_key=b""),
                name="media_deleted_file_has_no_key",
            )
        ]

    def __str__(self):
        return str(self.pk)
