"""The chapter of the guide for staff about suggestions; it is in templates/admin/guide/."""

from college_site.guide.chapters import Chapter

CHAPTERS = [
    Chapter(
        "suggestions",
        "Решаем вместе: ответ на предложение",
        "Прочитать, спросить, ответить в срок, показать ответ всем.",
    )
]
