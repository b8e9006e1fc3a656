"""Files in a form: they are staged under the form's key until the form is submitted."""

from uuid import UUID

from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError

from feedback.models import Attachment
from feedback.receipts.codes import staging_hash
from feedback.staged_files import LARGEST, AttachmentsField, stage_uploads

# Enough for some files too many or too large: the form then names them and the text is not lost.
BODY_LIMIT = 2 * Attachment.MAX_FILES * LARGEST
STAGED_FILES = HTML('{% include "feedback/_staged_files.html" %}')


class FilesForm(forms.Form):
    """Valid files stay staged even if another field is not valid.

    `key_name` is the field with the form's key, `network` the key of the sender's network.
    """

    files = AttachmentsField(
        required=False,
        label="Файлы",
        help_text="До пяти снимков или PDF, каждый до\u00a07\u00a0МБ. "
        "Место и время съёмки мы удалим.",
    )

    key_name = "key"

    def __init__(self, *args, network="", **kwargs):
        super().__init__(*args, **kwargs)
        self.network = network

    @property
    def staging_hash(self):
        """The hash that the files are staged under; "" if the form has no valid key."""
        try:
            return staging_hash(UUID(str(self[self.key_name].value())))
        except ValueError:
            return ""

    @property
    def staged_files(self):
        """The files of this form that are staged already."""
        return Attachment.objects.staged(self.staging_hash)

    def update_staged_files(self):
        """Delete the files that were ticked, stage the new ones; errors go to the field."""
        removed_keys = self.data.getlist("remove")
        for file in self.staged_files if removed_keys else ():
            if str(file.key) in removed_keys:
                file.delete()
        uploads = self.cleaned_data.get("files")
        if uploads:
            try:
                stage_uploads(uploads, self.staging_hash, self.network)
            except ValidationError as error:
                self.add_error("files", error)
