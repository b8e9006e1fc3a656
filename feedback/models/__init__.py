"""The data of «Решаем вместе»: suggestions, their history, what is attached, sent and published."""

from feedback.models.answers.prepared import PreparedAnswer
from feedback.models.answers.promises import Promise
from feedback.models.attachments import Attachment
from feedback.models.consents import Consent
from feedback.models.history.events import Event
from feedback.models.history.head import HistoryHead
from feedback.models.letters.mails import Mail
from feedback.models.letters.staff_mails import DeskDay, LetterChoice, StaffMail
from feedback.models.publications import Keyword, Publication, Vote
from feedback.models.rate_limits import RateLimitCounter, RateLimitSpan
from feedback.models.register import Register
from feedback.models.saved_filters import SavedFilter
from feedback.models.search_words import SuggestionWord
from feedback.models.suggestions import Suggestion
from feedback.models.topics import SuggestionTopic
from feedback.models.workflow.act_drafts import ActDraft
from feedback.models.workflow.act_steps import ActStep

__all__ = [
    "ActDraft",
    "ActStep",
    "Attachment",
    "Consent",
    "DeskDay",
    "Event",
    "HistoryHead",
    "Keyword",
    "LetterChoice",
    "Mail",
    "PreparedAnswer",
    "Promise",
    "Publication",
    "RateLimitCounter",
    "RateLimitSpan",
    "Register",
    "SavedFilter",
    "StaffMail",
    "Suggestion",
    "SuggestionTopic",
    "SuggestionWord",
    "Vote",
]
