"""Files in a form: staged for the form's key and the browser until the form is submitted."""

from uuid import UUID

from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError

from feedback.models import Attachment
from feedback.receipts.codes import staging_hash
from feedback.staged_files import LARGEST, AttachmentsField, stage_uploads
from feedback.uploader import new_uploader

# Enough for some files too many or too large: the form then names them and the text is not lost.
BODY_LIMIT = 2 * Attachment.MAX_FILES * LARGEST
STAGED_FILES = HTML('{% include "feedback/_staged_files.html" %}')


class FilesForm(forms.Form):
    """Valid files stay staged even if another field is not valid.

    `key_name` is the field with the form's key, `network` the sender's network, `uploader` the
    token of the sender's browser: somebody else who knows the key finds no files. A form gives by
    `age` for how long (a timedelta) its sender is known.
    """

    files = AttachmentsField(
        required=False,
        label="Файлы",
        help_text="До пяти снимков или PDF, каждый до\u00a07\u00a0МБ. "
        "Место и время съёмки мы удалим.",
    )

    key_name = "key"

    def __init__(self, *args, network="", uploader="", **kwargs):
        super().__init__(*args, **kwargs)
        self.network = network
        self.uploader = uploader or new_uploader()

    @property
    def staging_hash(self):
        """The hash that the files are staged under; "" if the form has no valid key."""
        try:
            return staging_hash(UUID(str(self[self.key_name].value())), self.uploader)
        except ValueError:
            return ""

    @property
    def staged_files(self):
        """The files of this form that are staged already; an empty form has a new key."""
        staged = Attachment.objects
        return staged.staged(self.staging_hash) if self.is_bound else staged.none()

    def update_staged_files(self):
        """Delete the files that were ticked, stage the new ones; errors go to the field.

        Returns the new files, or none if one of them is not valid.
        """
        removed_keys = self.data.getlist("remove")
        for file in self.staged_files if removed_keys else ():
            if str(file.key) in removed_keys:
                file.delete()
        uploads = self.cleaned_data.get("files")
        if not uploads:
            return []
        try:
            return stage_uploads(uploads, self.staging_hash, self.network, self.age)
        except ValidationError as error:
            self.add_error("files", error)
            return []
