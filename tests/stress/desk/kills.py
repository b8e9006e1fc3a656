"""Kills the site while staff answer and merge, and the worker that sends the letters."""

from datetime import timedelta

from django.db.models import F

from feedback.desk.duplicates import settle_duplicate
from feedback.mail.outbox import LEASE, send_due
from feedback.models import Event, Mail, Suggestion
from feedback.models.workflow.states import CLOSED
from tests.stress import mail_day
from tests.stress.desk.crew import Crew
from tests.stress.desk.histories import find_faults
from tests.stress.desk.people import People
from tests.stress.desk.purges import kill_purges
from tests.stress.kills import MASTER_EVERY, kill

Kind = Event.Kind
CREWS = (  # what staff do, and what the author does meanwhile
    ((Kind.ANSWERED, Kind.ANSWERED, Kind.QUESTION, Kind.NOTE, Kind.UNDONE), (Kind.REPLY,)),
    ((Kind.MERGED, Kind.MERGED, Kind.SEPARATED, Kind.ANSWERED), (Kind.REPLY,)),
)
COMMANDS = 10  # so many kills of the site for one of a command, which needs seconds to start
MINUTES = timedelta(minutes=2)  # an answer may be taken back for one


def desk_kills(site, count):
    """(summary, faults) after `count` kills of the site by answering, and as many by merging."""
    people = People(site, "Под ударами")
    for kinds in CREWS:
        crew = Crew(people, *kinds)
        crew.begin()
        for number in range(count):
            kill(site, crew, with_master=number % MASTER_EVERY == MASTER_EVERY - 1)
        crew.end()
    commands = max(1, count // COMMANDS)
    with mail_day.Server() as server:
        emails = send_letters(people, server, commands)
        faults = [*mail_day.find_faults(server, emails, emails.count())]
    faults += people.list_odd_answers()
    faults += find_faults(people.acknowledged, people.topics, is_complete=False)
    faults += check_duplicates(people.topics)
    letters = emails.count()
    killed, faults_of_purges = kill_purges(people, commands)
    summary = (
        f"{len(CREWS) * count} kills of the site, {len(people.acknowledged)} acts acknowledged, "
        f"{people.statuses['no answer']} without an answer; {letters} letters, "
        f"{server.windows} kills of the worker, {server.duplicates} sent again; "
        f"{killed} kills of the purge"
    )
    return summary, [*faults, *faults_of_purges]


def send_letters(people, server, kills):
    """Send all letters of these people; the worker dies `kills` times after it has sent one.

    Duplicates get the answers of their originals meanwhile. Returns the queryset of the letters.
    """
    emails = Mail.objects.filter(event__suggestion__topic__in=people.topics)
    Mail.objects.exclude(pk__in=emails.values("pk")).update(due_at=None)
    answered = Suggestion.objects.filter(topic__in=people.topics, status__in=CLOSED)
    answered.update(answered_at=F("answered_at") - MINUTES)
    mail_day.advance_time(emails, MINUTES)
    server.mode = "kill"
    for _ in range(kills):
        mail_day.send_all_due(people.site, server)
        mail_day.advance_time(emails, LEASE)
    server.mode = "take"
    while settle_duplicate() or send_due():
        mail_day.advance_time(emails, MINUTES)
    return emails


def check_duplicates(topics):
    """Each duplicate has the answer of its original, and each merging is in both histories."""
    duplicates = Suggestion.objects.filter(topic__in=topics, duplicate_of__status__in=CLOSED)
    for duplicate in duplicates.exclude(answer=F("duplicate_of__answer")):
        yield f"{duplicate} has not got the answer of its original"
    events = Event.objects.filter(suggestion__topic__in=topics)
    merged, joined = (events.filter(kind=kind).count() for kind in (Kind.MERGED, Kind.JOINED))
    if merged != joined:
        yield f"{merged} were merged, {joined} joined to an original"
