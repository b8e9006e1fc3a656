"""Public answers that are similar to a text, whose question may be answered already.

No answer is better than one on another subject. A subject is told by nouns, by those of the title
above all; what happens where and when is shared by suggestions on any subject.
"""

from django.db.models import Count, Q

from college_site.russian.morphology import is_noun
from feedback.models import Keyword, Publication
from feedback.public_answers.keywords import list_keywords, list_likeliest_lemmas

MAX_LEMMAS = 60  # the beginning of a long text is enough
SHORTEST = 3
MOST_COMPARED = 2000  # of the newest answers; older ones say little about today
LEAST_SHARED = 2
MAX_CANDIDATES = 20
MAX_SHOWN = 3
# A lemma is too common when more answers than this have it, and more than one answer in five.
COMMON = 5
COMMON_SHARE = 5
# Lemmas that suggestions on any subject share.
STOP_LEMMAS = """
техникум колледж студент сделать предлагать предложение можно нужно нужный хотеть пожалуйста
здравствуйте добрый день очень большой больший больше так такой который наш этот быть есть нет
весь все только если когда чтобы каждый поставить просить дать давать учебный год
преподаватель учитель учащийся обучающийся учиться обучаться первокурсник родитель
ребёнок ребята человек группа курс корпус этаж коридор кабинет аудитория здание место
помещение учёба занятие урок пара перемена
время час минута утро вечер неделя месяц начало конец середина раз вопрос проблема возможность
просьба ответ спасибо вещь дело случай количество
""".replace("ё", "е")


def find_similar(text):
    """Up to three published answers that share two nouns of weight, one in the title."""
    lemmas = distinctive_lemmas(text)
    nouns = [lemma for lemma in lemmas if is_noun(lemma)]
    if len(nouns) < LEAST_SHARED:
        return []
    newest = list(Publication.objects.public().values_list("pk", flat=True)[:MOST_COMPARED])
    nouns = set(nouns) - common_lemmas(nouns, newest)
    # They are public: asked again, the rules of public() would be checked for each keyword.
    compared = Publication.objects.filter(pk__in=newest, keywords__lemma__in=lemmas)
    candidates = (
        compared.annotate(
            shared=Count("keywords"),
            shared_nouns=Count("keywords", filter=Q(keywords__lemma__in=nouns)),
        )
        .filter(shared_nouns__gte=LEAST_SHARED)
        .order_by("-shared_nouns", "-shared", "-published_at", "-pk")[:MAX_CANDIDATES]
    )
    return [each for each in candidates if not nouns.isdisjoint(list_keywords(each.title))][
        :MAX_SHOWN
    ]


def distinctive_lemmas(text):
    stop_lemmas = set(STOP_LEMMAS.split())
    lemmas = [lemma for lemma in list_likeliest_lemmas(text) if len(lemma) >= SHORTEST]
    return [lemma for lemma in lemmas if lemma not in stop_lemmas][:MAX_LEMMAS]


def common_lemmas(lemmas, publications):
    """Those of the lemmas that many of the publications, given by keys, have in common."""
    most = max(COMMON, len(publications) // COMMON_SHARE)
    stored = Keyword.objects.filter(lemma__in=lemmas, publication__in=publications)
    counted = stored.values("lemma").annotate(answers=Count("publication_id"))
    return set(counted.filter(answers__gt=most).values_list("lemma", flat=True))
