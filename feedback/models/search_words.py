"""The words of suggestions in their dictionary forms, by which the desk searches."""

from django.db import models
from django.db.models import Exists, OuterRef

from college_site.russian.morphology import list_lemmas
from college_site.russian.words import LONGEST, list_spellings
from feedback.models.suggestion_lookups import SuggestionLookups
from feedback.public_answers.keywords import list_keywords

FREQUENT = 5000


class SuggestionWord(models.Model):
    """A lemma of the text or the answer; destroyed with them, see Suggestion.save()."""

    suggestion = models.ForeignKey(
        "feedback.Suggestion", models.CASCADE, related_name="words", verbose_name="предложение"
    )
    lemma = models.CharField("слово", max_length=LONGEST)

    class Meta:
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                name="suggestion_word_once",
                fields=["lemma", "suggestion"],
                violation_error_message="Это слово у предложения уже есть.",
            )
        ]

    def __str__(self):
        return self.lemma


def index_words(suggestion, is_new=False):
    """Store the lemmas of text and answer; call it yourself after bulk_create()."""
    wanted = set(list_keywords(f"{suggestion.text}\n{suggestion.answer}"))
    stored = set() if is_new else set(suggestion.words.values_list("lemma", flat=True))
    if gone := stored - wanted:
        suggestion.words.filter(lemma__in=gone).delete()
    SuggestionWord.objects.bulk_create(
        [SuggestionWord(suggestion=suggestion, lemma=lemma) for lemma in sorted(wanted - stored)],
        ignore_conflicts=True,
    )


class WordLookups(SuggestionLookups):
    """`words_name` is the relation whose rows have one lemma each."""

    words_name = "words"

    def with_words(self, words):
        """The rows whose texts have each of the words in some form, in one more query.

        Rows with a rare word are looked up by it; those with a frequent one, which more than
        FREQUENT have, are met soon when the list is read in its order.
        """
        found, owner = self, self.model._meta.get_field(self.words_name).field.name
        rows_of_words = list(map(self.find_rows, list_spellings(words)))
        for rows, is_frequent in zip(rows_of_words, self.ask_frequent(rows_of_words), strict=True):
            if is_frequent:
                found = found.filter(Exists(rows.filter(**{owner: OuterRef("pk")})))
            else:
                found = found.filter(pk__in=rows.values(owner))
        return found

    def find_rows(self, spellings):
        """The rows of the lemmas of a word in any of its spellings."""
        lemmas = [lemma for word in spellings for lemma in list_lemmas(word)]
        words = self.model._meta.get_field(self.words_name).related_model.objects
        return words.filter(lemma__in=lemmas).order_by()

    def ask_frequent(self, rows_of_words):
        """Whether each of these words is frequent; no query without words."""
        parts = {
            f"word_{number}": Exists(rows.values("pk")[FREQUENT : FREQUENT + 1])
            for number, rows in enumerate(rows_of_words)
        }
        if not parts:
            return []
        answers = self.model.objects.order_by("pk").values_list(*parts.values()).first()
        return answers or [False] * len(rows_of_words)
