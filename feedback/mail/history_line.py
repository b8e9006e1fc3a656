"""The head of the history in the weekly digest: mailboxes are out of reach of the database."""

from feedback.models import HistoryHead


def write_history_line():
    """What verify_history --noted finds in the letter; "" before the first event."""
    head = HistoryHead.current()
    if not head.position:
        return ""
    words = "Конец истории: сохраните письмо, по нему проверят, что прежнее не изменили."
    return f"{words}\nhistory: {head}"
