"""Documents of a post: files to download."""

from pathlib import PurePosixPath

from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse

from college_site.uploads.documents import CONTENT_TYPES, DocumentField
from news.models.publishing.visibility import AttachmentQuerySet


class Document(models.Model):
    """A file to download: a regulation, a schedule, a presentation."""

    post = models.ForeignKey("news.Post", models.CASCADE, related_name="documents")
    title = models.CharField("название", max_length=200)
    file = DocumentField("файл", max_length=120)
    kind = models.CharField(
        "вид",
        max_length=4,
        editable=False,
        choices=[(kind, kind.upper()) for kind in CONTENT_TYPES],
    )
    size = models.PositiveBigIntegerField("размер, байт", editable=False, default=0)
    pages = models.PositiveIntegerField("страниц", editable=False, null=True)
    order = models.PositiveIntegerField("порядок", default=0)

    objects = AttachmentQuerySet.as_manager()
    path_prefix = ""  # of the address on a page that is not for everybody

    class Meta:
        verbose_name = "документ"
        verbose_name_plural = "документы"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="document_recognised",
                condition=Q(kind__in=list(CONTENT_TYPES), size__gt=0),
                violation_error_message="Документ не распознан: загрузите его ещё раз.",
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        name = PurePosixPath(self.file.name).name
        return self.path_prefix + reverse("news:document_file", args=[name])

    @property
    def content_type(self):
        return CONTENT_TYPES[self.kind]


@receiver(post_delete, sender=Document)
def delete_document_file(instance, **kwargs):
    """Delete the file of a deleted document after the commit."""
    transaction.on_commit(lambda: instance.file.storage.delete(instance.file.name))
