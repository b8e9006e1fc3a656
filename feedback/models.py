"""Suggestions, the topics that staff keep for them and the consents they rest on."""

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from feedback.deadlines import answer_due
from feedback.receipts import code_hash, receipt_code, submission_hash


class SuggestionTopic(models.Model):
    """What a suggestion is about, as the form offers it."""

    title = models.CharField("название", max_length=80, unique=True)
    is_active = models.BooleanField(
        "предлагается в форме", default=True, help_text="Снимите отметку вместо удаления."
    )
    order = models.PositiveIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "тема предложений"
        verbose_name_plural = "темы предложений"
        ordering = ["order", "title"]

    def __str__(self):
        return self.title


class ConsentManager(models.Manager):
    def current(self):
        """The version in force, or None while the college has published none."""
        return self.order_by("-version").first()


class Consent(models.Model):
    """A version of the consent to the processing of contact data; 152-ФЗ, статья 9.

    Since 01.09.2025 (156-ФЗ) a consent is a document of its own. A version that anyone has given
    is never changed: a new wording is a new version.
    """

    version = models.PositiveIntegerField("версия", unique=True)
    text = models.TextField("текст согласия", help_text="Абзацы разделяйте пустой строкой.")
    published_on = models.DateField("действует с", default=timezone.localdate)

    objects = ConsentManager()

    class Meta:
        verbose_name = "согласие на обработку данных"
        verbose_name_plural = "согласия на обработку данных"
        ordering = ["-version"]

    def __str__(self):
        return f"Согласие, версия {self.version}"

    def get_absolute_url(self):
        return reverse("feedback:consent_detail", args=[self.version])


class Register(models.Model):
    """The last number given in a year; its row is the lock that keeps numbers without gaps."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last_sequence = models.PositiveIntegerField(default=0)

    @classmethod
    def next_sequence(cls, year):
        """The year's next number, from 1; call it within the transaction that uses it."""
        cls.objects.get_or_create(year=year)
        cls.objects.filter(year=year).update(last_sequence=F("last_sequence") + 1)
        return cls.objects.get(year=year).last_sequence


class SuggestionQuerySet(models.QuerySet):
    def with_receipt(self, number, code):
        """The suggestion of this number and code, or None where either of them is wrong."""
        year, _, sequence = number.partition("-")
        if not (is_short_number(year, 4) and is_short_number(sequence, 6)):
            year = sequence = 0
        return (
            self.select_related("topic")
            .filter(year=int(year), sequence=int(sequence), code_hash=code_hash(code))
            .first()
        )

    def overdue(self):
        """Suggestions still open after the day their answer was due."""
        return self.filter(status__in=Suggestion.OPEN, due_on__lt=timezone.localdate())


def is_short_number(text, digits):
    return text.isascii() and text.isdigit() and len(text) <= digits


class Suggestion(models.Model):
    """What somebody proposed, from its registration to the college's answer."""

    class Status(models.TextChoices):
        RECEIVED = "received", "Принято"
        IN_PROGRESS = "in_progress", "В работе"
        ANSWERED = "answered", "Дан ответ"
        DECLINED = "declined", "Отклонено с объяснением"
        QUARANTINE = "quarantine", "На проверке"

    class Role(models.TextChoices):
        STUDENT = "student", "Студент"
        PARENT = "parent", "Родитель"
        APPLICANT = "applicant", "Поступающий"
        EMPLOYEE = "employee", "Преподаватель или сотрудник"
        EMPLOYER = "employer", "Работодатель"
        OTHER = "other", "Другое"

    OPEN = (Status.RECEIVED, Status.IN_PROGRESS, Status.QUARANTINE)
    CLOSED = (Status.ANSWERED, Status.DECLINED)
    TEXT_LENGTH = 5000

    year = models.PositiveSmallIntegerField("год", editable=False)
    sequence = models.PositiveIntegerField("номер в году", editable=False)
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    submission_hash = models.CharField(max_length=64, unique=True, editable=False)
    topic = models.ForeignKey(
        SuggestionTopic, models.PROTECT, related_name="suggestions", verbose_name="тема"
    )
    role = models.CharField("кто пишет", max_length=10, choices=Role)
    text = models.TextField("текст", max_length=TEXT_LENGTH)
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
    status = models.CharField("состояние", max_length=12, choices=Status, default=Status.RECEIVED)
    received_at = models.DateTimeField("принято", default=timezone.now, editable=False)
    due_on = models.DateField("ответить до", editable=False)
    answer = models.TextField("ответ", max_length=5000, blank=True)
    answered_at = models.DateTimeField("ответ дан", null=True, blank=True, editable=False)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = "предложение"
        verbose_name_plural = "предложения"
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(name="suggestion_newest", fields=["-received_at", "-id"]),
            models.Index(name="suggestion_by_deadline", fields=["status", "due_on"]),
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
                condition=~Q(status__in=["answered", "declined"]) | ~Q(answer=""),
                violation_error_message="Напишите ответ: без него предложение не закрывают.",
            ),
            models.CheckConstraint(
                name="suggestion_has_text",
                condition=~Q(text=""),
                violation_error_message="Напишите текст предложения.",
            ),
            models.CheckConstraint(
                name="suggestion_known_choices",
                condition=Q(
                    status__in=["received", "in_progress", "answered", "declined", "quarantine"],
                    role__in=["student", "parent", "applicant", "employee", "employer", "other"],
                ),
                violation_error_message="Выберите состояние и роль из списка.",
            ),
        ]

    def __str__(self):
        return f"№ {self.number}"

    def save(self, *args, **kwargs):
        if self.status in self.CLOSED and self.answered_at is None:
            self.answered_at = timezone.now()
        elif self.status in self.OPEN:
            self.answered_at = None
        super().save(*args, **kwargs)

    @property
    def number(self):
        """The public number: the year and the place in its register, "2026-17"."""
        return f"{self.year}-{self.sequence}"

    @property
    def is_overdue(self):
        return self.status in self.OPEN and self.due_on < timezone.localdate()

    def submit(self, submission_key):
        """Register this new suggestion, or find the one that the same key registered before.

        Number, deadline, consent and receipt are written in one transaction with the text.
        Returns the stored suggestion; a second call with the same key changes nothing.
        """
        stored = Suggestion.objects.filter(submission_hash=submission_hash(submission_key))
        if earlier := stored.first():
            return earlier
        try:
            with transaction.atomic():
                self._register(submission_key)
        except IntegrityError:  # the same key from another request, a moment earlier
            if earlier := stored.first():
                return earlier
            raise
        return self

    def _register(self, submission_key):
        received_on = timezone.localdate(self.received_at)
        self.year = received_on.year
        self.sequence = Register.next_sequence(received_on.year)
        self.submission_hash = submission_hash(submission_key)
        self.code_hash = code_hash(receipt_code(submission_key))
        self.due_on = answer_due(received_on)
        self.save(force_insert=True)
