"""«Решаем вместе»: suggestions and their answers."""

from django.apps import AppConfig

from college_site.registry import registry


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = "Решаем вместе"

    def ready(self):
        import feedback.conditional_pages  # connects its signals in the worker, too
        from feedback.desk.drafts import delete_expired_desk_row
        from feedback.desk.duplicates import pass_on_result, settle_duplicate
        from feedback.desk.panel import list_desk_panels
        from feedback.guide import CHAPTERS
        from feedback.mail.history_line import write_history_line
        from feedback.mail.outbox import send_due
        from feedback.mail.staff_letters import queue_letters
        from feedback.mail.staff_outbox import send_due_to_staff
        from feedback.models.rate_limits import delete_ended_spans
        from feedback.public_answers import newest_answer, search, sitemaps
        from feedback.staged_files import prune_staged_files
        from feedback.status import count_letters, list_mail_facts, list_topic_facts

        registry.periodic_jobs += [queue_letters, send_due_to_staff, settle_duplicate]
        registry.periodic_jobs += [pass_on_result, send_due, prune_staged_files, delete_ended_spans]
        registry.periodic_jobs.append(delete_expired_desk_row)
        registry.weekly_lines.append(write_history_line)
        registry.guide_chapters += CHAPTERS
        registry.desk_panels.append(list_desk_panels)
        registry.status_facts += [list_mail_facts, list_topic_facts]
        registry.gauges["letters_waiting"] = ("Letters not sent yet", count_letters)
        registry.home_panels.append(("feedback/_newest_answer.html", newest_answer.home_panel))
        registry.home_moments.append(feedback.conditional_pages.newest_answer)
        registry.next_moments.append(feedback.conditional_pages.next_release)
        registry.search_indexes["feedback"] = search.rebuild
        registry.sitemaps.append(sitemaps.paths)
        registry.pages += [
            "feedback:publication_list",
            "feedback:statistics",
            "feedback:feedback_home",
            "feedback:suggestion_form",
            "feedback:suggestion_status",
        ]
        registry.robots_rules += [
            ("Disallow", "feedback:receipt"),
            ("Allow", "feedback:receipt_verification"),
        ]
