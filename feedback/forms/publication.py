"""A public answer as staff write it: nobody's name comes before everybody unnoticed."""

from django import forms

from feedback.models import Publication
from feedback.models.states import CLOSED
from feedback.moderation.personal_data import find_personal_data


class PublicationForm(forms.ModelForm):
    """The answer is brought along where the copy has none; publishing names look again first."""

    is_checked = forms.BooleanField(
        label="Личные данные проверены",
        required=False,
        help_text="Отметьте, если портал остановил публикацию из-за имени, телефона или адреса, "
        "а показать их можно: это данные техникума, или человек согласен.",
    )

    class Meta:
        model = Publication
        fields = ["suggestion", "title", "text", "answer", "result_post"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance.answer:
            suggestion = self.instance.suggestion
            answer = suggestion.answer if suggestion.status in CLOSED else ""
            self.initial["answer"] = answer

    def clean(self):
        data = super().clean()
        wants_a_look = self.will_be_public() and not data.get("is_checked")
        words = "\n".join(data.get(name, "") for name in ("title", "text", "answer"))
        if wants_a_look and (objection := personal_data_warning(words)):
            self.add_error("is_checked", f"{objection} Уберите их или отметьте эту строку.")
        return data

    def will_be_public(self):
        """Whether what is sent here will be public at once."""
        stays = self.instance.is_published and "_withdraw" not in self.data
        return stays or "_publish" in self.data


def personal_data_warning(text):
    """What in a text looks like personal data, in a sentence for staff; "" where nothing does."""
    words = ", ".join(f"«{words}»" for _, words in find_personal_data(text))
    return f"Это похоже на личные данные: {words}. Прочитать их сможет каждый." if words else ""
