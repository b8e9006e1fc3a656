"""Suggestions: their text, registration and state."""

import secrets

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from feedback.deadlines import answer_limit, answer_target, forward_due
from feedback.models.consents import Consent
from feedback.models.history.events import Event
from feedback.models.register import Register
from feedback.models.search_words import index_words
from feedback.models.suggestion_queries import SuggestionQuerySet
from feedback.models.topics import SuggestionTopic
from feedback.models.workflow.answering import AnswerTransitions
from feedback.models.workflow.figures import Measured
from feedback.models.workflow.merging import MergingTransitions
from feedback.models.workflow.publishing import PublishingTransitions
from feedback.models.workflow.states import (
    AFTER_MERGING,
    CLOSED,
    OPEN,
    RUNNING,
    STEPS,
    Decision,
    Status,
)
from feedback.models.workflow.urgency import OPEN_DUE, URGENCY
from feedback.receipts.codes import code_hash, receipt_code, submission_hash


def new_salt():
    """16 random bytes in hexadecimal: a signed hash cannot be tested against known texts."""
    return secrets.token_hex(16)


class Role(models.TextChoices):
    STUDENT = "student", "Студент"
    PARENT = "parent", "Родитель"
    APPLICANT = "applicant", "Поступающий"
    EMPLOYEE = "employee", "Преподаватель или сотрудник"
    EMPLOYER = "employer", "Работодатель"
    OTHER = "other", "Другое"


class Source(models.TextChoices):
    """How it came: what did not come by the site was entered by staff."""

    SITE = "site", "Сайт"
    PAPER = "paper", "Бумага"
    PHONE = "phone", "Телефон"
    MEETING = "meeting", "Встреча"


class Suggestion(
    AnswerTransitions, PublishingTransitions, MergingTransitions, Measured, models.Model
):
    """A suggestion, from its registration to the college's answer."""

    Status, Role, Source = Status, Role, Source

    class Rating(models.IntegerChoices):
        SOLVED = 3, "Да, вопрос решён"
        PARTLY = 2, "Отчасти"
        UNSOLVED = 1, "Нет"

    TEXT_LENGTH = 5000

    year = models.PositiveSmallIntegerField("год", editable=False)
    sequence = models.PositiveIntegerField("номер в году", editable=False)
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    submission_hash = models.CharField(max_length=64, unique=True, editable=False)
    topic = models.ForeignKey(
        SuggestionTopic, models.PROTECT, related_name="suggestions", verbose_name="тема"
    )
    role = models.CharField("кто пишет", max_length=10, choices=Role)
    source = models.CharField(
        "как пришло", max_length=10, choices=Source, default=Source.SITE, editable=False
    )
    text = models.TextField("текст", max_length=TEXT_LENGTH)
    may_publish = models.BooleanField("можно опубликовать с ответом", default=False)
    is_restricted = models.BooleanField(
        "закрытая очередь",
        default=False,
        help_text="Читают только сотрудники с особым правом: речь о беде или насилии.",
    )
    suspicion = models.CharField("почему на проверке", max_length=250, blank=True, editable=False)
    email = models.EmailField("почта для ответа", blank=True)
    consent = models.ForeignKey(
        Consent,
        models.PROTECT,
        related_name="suggestions",
        null=True,
        blank=True,
        verbose_name="согласие",
    )
    consented_at = models.DateTimeField("согласие дано", null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ответственный",
    )
    status = models.CharField("состояние", max_length=12, choices=Status, default=Status.RECEIVED)
    received_at = models.DateTimeField("принято", default=timezone.now, editable=False)
    limit_on = models.DateField("предельный срок", editable=False)
    due_on = models.DateField("ответить до", editable=False)
    paused_on = models.DateField("срок стоит с", null=True, blank=True, editable=False)
    answer = models.TextField("ответ", max_length=5000, blank=True)
    decision = models.CharField(
        "решение", max_length=10, choices=Decision, blank=True, editable=False
    )
    answered_at = models.DateTimeField("ответ дан", null=True, blank=True, editable=False)
    duplicate_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="duplicates",
        verbose_name="объединено с",
    )
    is_extended = models.BooleanField("срок продлевали", default=False, editable=False)
    is_reopened = models.BooleanField("автор возобновлял", default=False, editable=False)
    erased_at = models.DateTimeField("данные уничтожены", null=True, editable=False)
    rating = models.PositiveSmallIntegerField(
        "оценка ответа", choices=Rating, null=True, editable=False
    )

    urgency = models.GeneratedField(
        expression=URGENCY, output_field=models.PositiveSmallIntegerField(), db_persist=True
    )
    open_due_on = models.GeneratedField(
        expression=OPEN_DUE, output_field=models.DateField(null=True), db_persist=True
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = "предложение"
        verbose_name_plural = "предложения"
        ordering = ["-received_at", "-pk"]
        permissions = [
            ("view_restricted", "Может читать закрытую очередь"),
            ("view_queue", "Может читать общую очередь и карантин"),
            ("assign_suggestion", "Может назначать ответственных, передавать, проверять карантин"),
            ("answer_suggestion", "Может спрашивать авторов, продлевать срок, отвечать"),
            ("view_contact", "Может видеть почту автора"),
            ("purge_suggestion", "Может уничтожать личные данные предложения"),
            ("export_suggestion", "Может выгружать журнал предложений"),
        ]
        indexes = [
            models.Index(name="suggestion_newest", fields=["-received_at", "-id"]),
            models.Index(name="suggestion_by_deadline", fields=["status", "due_on"]),
            models.Index(
                name="suggestion_by_urgency",
                fields=["urgency", "open_due_on", "-received_at", "-id"],
            ),
            models.Index(name="suggestion_answered", fields=["answered_at"]),
            models.Index(
                name="suggestion_figures",
                fields=[
                    "received_month",
                    "topic",
                    "responsible",
                    "answer_days",
                    "is_answered_late",
                    "status",
                    "rating",
                    "duplicate_of",
                ],
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="suggestion_number_once",
                fields=["year", "sequence"],
                violation_error_message="Этот номер уже занят.",
            ),
            models.CheckConstraint(
                name="suggestion_contact_has_consent",
                condition=Q(email="", consent__isnull=True, consented_at__isnull=True)
                | (~Q(email="") & Q(consent__isnull=False, consented_at__isnull=False)),
                violation_error_message=(
                    "Почта хранится только вместе с согласием, согласие — только вместе с почтой."
                ),
            ),
            models.CheckConstraint(
                name="suggestion_closed_with_answer",
                condition=~Q(status__in=[status.value for status in CLOSED]) | ~Q(answer=""),
                violation_error_message="Напишите ответ: без него предложение не закрывают.",
            ),
            models.CheckConstraint(
                name="suggestion_answered_when_closed",
                condition=Q(
                    status__in=[status.value for status in CLOSED], answered_at__isnull=False
                )
                | (
                    ~Q(status__in=[status.value for status in CLOSED]) & Q(answered_at__isnull=True)
                ),
                violation_error_message="У закрытого предложения есть день ответа, у других нет.",
            ),
            models.CheckConstraint(
                name="suggestion_decision_of_answer",
                condition=Q(status=Status.DECLINED.value, decision=Decision.DECLINED.value)
                | Q(
                    status=Status.ANSWERED.value,
                    decision__in=["", *(d.value for d in Decision if d != Decision.DECLINED)],
                )
                | ~Q(status__in=[status.value for status in CLOSED]) & Q(decision=""),
                violation_error_message="Решение есть только у ответа и не спорит с состоянием.",
            ),
            models.CheckConstraint(
                name="suggestion_due_within_limit",
                condition=Q(due_on__lte=F("limit_on")),
                violation_error_message="Срок для сотрудников не бывает позже предельного.",
            ),
            models.CheckConstraint(
                name="suggestion_paused_while_waiting",
                condition=Q(status=Status.WAITING.value, paused_on__isnull=False)
                | (~Q(status=Status.WAITING.value) & Q(paused_on__isnull=True)),
                violation_error_message="Срок стоит, пока предложение ждёт ответа автора.",
            ),
            models.CheckConstraint(
                name="suggestion_has_text",
                condition=~Q(text=""),
                violation_error_message="Напишите текст предложения.",
            ),
            models.CheckConstraint(
                name="suggestion_merged_with_original",
                condition=(Q(duplicate_of__isnull=True) & ~Q(status=Status.MERGED.value))
                | Q(
                    duplicate_of__isnull=False,
                    is_restricted=False,
                    status__in=[status.value for status in AFTER_MERGING],
                ),
                violation_error_message="Объединяют открытые предложения общей очереди.",
            ),
            models.CheckConstraint(
                name="suggestion_is_not_its_original",
                condition=~Q(duplicate_of=F("id")),
                violation_error_message="Предложение не объединяют с ним самим.",
            ),
            models.CheckConstraint(
                name="suggestion_known_choices",
                condition=Q(
                    status__in=Status.values, role__in=Role.values, source__in=Source.values
                ),
                violation_error_message="Выберите состояние, роль и как пришло из списка.",
            ),
        ]

    def __str__(self):
        return f"№ {self.number}"

    def save(self, *args, **kwargs):
        if self.status in CLOSED and self.answered_at is None:
            self.answered_at = self.now()
        elif self.status in OPEN:
            self.answered_at = None
        if self.status == Status.DECLINED:
            self.decision = Decision.DECLINED
        self.keep_time()
        self.measure()
        is_new = self._state.adding
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)
            saved = kwargs.get("update_fields")
            if saved is None or not {"text", "answer"}.isdisjoint(saved):
                index_words(self, is_new=is_new)

    def keep_time(self):
        """Stop the clock while it waits for its author, then move the limit by the days stopped."""
        today = self.today()
        if self.status == self.Status.WAITING:
            self.paused_on = self.paused_on or today
        elif self.paused_on:
            if today > self.paused_on:
                self.paused_days += (today - self.paused_on).days
                self.limit_on += today - self.paused_on
                self.due_on = self.current_target()
            self.paused_on = None

    def current_target(self):
        """The day by which to answer, as seen from today."""
        return answer_target(self.limit_on, self.today())

    @property
    def number(self):
        """The public number: the year and the sequence number within it, "2026-17"."""
        return f"{self.year}-{self.sequence}"

    @property
    def public_status(self):
        """The label of the state for the author, from whom quarantine is hidden."""
        is_checked = self.status == self.Status.QUARANTINE
        return (self.Status.RECEIVED if is_checked else self.Status(self.status)).label

    @property
    def step(self):
        """Received (1), in progress (2) or answered (3); None if withdrawn."""
        return STEPS.get(self.status)

    @property
    def is_overdue(self):
        return self.status in RUNNING and self.due_on < timezone.localdate()

    @property
    def forward_due_on(self):
        return forward_due(timezone.localdate(self.received_at))

    def submit(self, submission_key, staging_hash="", staff=None):
        """Register this new suggestion, or find the one that was registered with the same key.

        One transaction stores text, number, deadline, consent, receipt, history, the email to the
        author and the files staged under `staging_hash`. `staff` entered it for somebody.
        """
        stored = Suggestion.objects.with_submission_key(submission_key)
        return stored.first() or self.register(submission_key, staging_hash, staff)

    def register(self, submission_key, staging_hash="", staff=None):
        """As submit(), for those who have looked for the key already."""
        try:
            with transaction.atomic():
                self._register(submission_key, staging_hash, staff)
        except IntegrityError:  # the same key from another request, a moment earlier
            if earlier := Suggestion.objects.with_submission_key(submission_key).first():
                return earlier
            raise
        return self

    def _register(self, submission_key, staging_hash, staff):
        received_on = timezone.localdate(self.received_at)
        self.year = received_on.year
        self.sequence = Register.next_sequence(received_on.year)
        self.submission_hash = submission_hash(submission_key)
        self.code_hash = code_hash(receipt_code(submission_key))
        self.limit_on = answer_limit(received_on, self.topic.answer_days)
        self.due_on = answer_target(self.limit_on, received_on)
        self.responsible_id = self.topic.responsible_id
        self.save(force_insert=True)
        came = "" if self.source == Source.SITE else f"{self.get_source_display()}."
        about = {"staging_hash": staging_hash, "happened_at": self.received_at}
        self.record(Event.Kind.RECEIVED, came, staff=staff, **about)
        if self.status == self.Status.QUARANTINE:
            self.record(Event.Kind.QUARANTINED, self.suspicion)
