import uuid

from django.db import models

from accounts.models.party import StateOwned


class Upload(StateOwned):
    """A file on its way in pieces; whole, it waits for the form that uses it, once."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="uploads")
    name = models.CharField(max_length=255)  # as given, without control characters
    size = models.PositiveBigIntegerField()  # bytes, as declared
    modified = models.BigIntegerField(null=True)  # of the file, in milliseconds, as the browser says
    piece = models.PositiveIntegerField()  # bytes of every piece but the last
    received = models.PositiveBigIntegerField(default=0)  # bytes, from the start of the file
    started_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)  # the last piece, or the use
    used_at = models.DateTimeField(null=True)  # its pieces are gone then

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="upload_not_empty"),
            models.CheckConstraint(condition=models.Q(received__lte=models.F("size")), name="upload_within_size"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        return self.received == self.size


class UploadPiece(StateOwned):
    """One piece of an upload, an object of its own in the store, so that any process may take the next."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="pieces")
    offset = models.PositiveBigIntegerField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(upload_to="uploads/%Y/%m/")

    class Meta:
        ordering = ["offset"]
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="one_piece_at_an_offset")]

    def __str__(self) -> str:
        return f"{self.upload} {self.offset}"
