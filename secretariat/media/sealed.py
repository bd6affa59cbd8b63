from secretariat.rewrapping.places import column

from .models import MediaFile

column(MediaFile, "sealed_key", table="media_file", field="sealed_key")
