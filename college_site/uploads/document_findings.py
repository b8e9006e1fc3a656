"""What a document tells besides what its pages show, in words for the person who uploads it."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

MOST_QUOTES, MOST_NAMES = 3, 3
MOST_CHARACTERS = 80  # of a quotation


@dataclass
class Findings:
    changes: int = 0
    comments: int = 0
    authors: dict = field(default_factory=dict)  # in the order in which they were met
    quotes: list[str] = field(default_factory=list)

    def __bool__(self):
        return bool(self.changes or self.comments)

    def quote(self, text):
        """Note a deleted text or a comment, which the uploader is shown."""
        if text and len(self.quotes) < MOST_QUOTES:
            self.quotes.append(shorten(text))

    def describe(self):
        counts = [("исправлений", self.changes), ("примечаний", self.comments)]
        said = ", ".join(f"{name}\u00a0— {count}" for name, count in counts if count)
        names = [shorten(name) for name in self.authors if name]
        if names:
            rest = " и\u00a0другие" if len(names) > MOST_NAMES else ""
            said += f"; авторы: {', '.join(names[:MOST_NAMES])}{rest}"
        if self.quotes:
            said += "; например: " + ", ".join(f"«{text}»" for text in self.quotes)
        return said


def shorten(text):
    """The text, cut at MOST_CHARACTERS; the sandbox has no settings, which Django's way needs."""
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1].rstrip() + "…"


def refuse_findings(findings, *, is_signed):
    """Raise ValidationError that says what is in the file and what may be done."""
    if is_signed:
        remedy = "Файл подписан, поэтому изменить его нельзя: загрузите другой."
    else:
        remedy = (
            "Отметьте «Принять исправления и\u00a0убрать примечания» и\u00a0выберите файл ещё раз "
            "или загрузите другой."
        )
    raise ValidationError(
        f"В\u00a0файле осталось то, чего не\u00a0видно на\u00a0странице: {findings.describe()}. "
        + remedy,
        code="document_tells",
    )
