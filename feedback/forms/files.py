"""Files in a form: they wait on the server under the form's key until the form is sent."""

from uuid import UUID

from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError

from feedback.models import Attachment
from feedback.moderation.abuse import consume_upload_quota
from feedback.receipts.codes import staging_hash
from feedback.staged_files import LARGEST, AttachmentsField, stage_uploads

# Room for some files too many or too large: the form then says which, and the text is kept.
BODY_LIMIT = 2 * Attachment.MOST * LARGEST
STAGED = HTML('{% include "feedback/_staged_files.html" %}')
TOO_MANY = (
    "С вашего адреса за последний час пришло очень много файлов. Отправьте текст без них: добавить "
    "файлы можно позже, на странице «Моё предложение»."
)


class FilesForm(forms.Form):
    """Files that pass are kept even if something else in the form is not right.

    `key_name` is the field with the form's key, `network` stands for the sender's address.
    """

    files = AttachmentsField(
        required=False,
        label="Файлы",
        help_text="До пяти снимков или PDF, каждый до\u00a07\u00a0МБ. "
        "Место и время съёмки мы удалим.",
    )

    key_name = "key"
    network = ""

    @property
    def staging_hash(self):
        """What the files of this form wait under; "" while it has no good key."""
        try:
            return staging_hash(UUID(str(self[self.key_name].value())))
        except ValueError:
            return ""

    @property
    def staged_files(self):
        """The files that wait for this form to be sent."""
        return Attachment.objects.staged(self.staging_hash)

    def update_staged_files(self):
        """Remove what was ticked, keep what was sent and passes; complaints go to the field."""
        removed = self.data.getlist("remove")
        for file in self.staged_files if removed else ():
            if str(file.key) in removed:
                file.delete()
        uploads = self.cleaned_data.get("files")
        if uploads and not consume_upload_quota(self.network, len(uploads)):
            self.add_error("files", TOO_MANY)
        elif uploads:
            try:
                stage_uploads(uploads, self.staging_hash)
            except ValidationError as error:
                self.add_error("files", error)
