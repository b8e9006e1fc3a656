"""The files of photographs that no field names: previews and renditions."""

from college_site.uploads.pictures.picture_cleaning import ENCODINGS, PREVIEW_WIDTH
from college_site.uploads.pictures.renditions import rendition_name
from news.models import Photo


def list_derived(alias):
    """Yield the storage names of the files that pages may show of the photographs of a database."""
    fields = ("pk", "image", "width", "renditions_due_at")
    for photo in Photo.objects.using(alias).only(*fields).iterator():
        yield rendition_name(photo.image.name, min(PREVIEW_WIDTH, photo.width), "jpg")
        for width in photo.rendition_widths:
            for extension in ENCODINGS:
                yield rendition_name(photo.image.name, width, extension)
