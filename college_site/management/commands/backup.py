"""Makes an encrypted archive of the site, verifies it and deletes those whose time is over."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat

from college_site.backup.files import are_uploads_on_disk
from college_site.backup.keeping import prune
from college_site.backup.making import make_archive
from college_site.backup.runs import note
from college_site.models import BackupRun


class Command(BaseCommand):
    help = "Writes an encrypted, verified archive of database, files and keys into BACKUP_DIR."

    def handle(self, *args, **options):
        try:
            path, manifest = make_archive()
        except CommandError as error:
            note(BackupRun.Kind.BACKUP, problem=str(error))
            raise
        missing = manifest["missing"]
        problem = f"{len(missing)} files that rows name are missing from the disk." * bool(missing)
        size = path.stat().st_size
        note(BackupRun.Kind.BACKUP, archive=path.name, size=size, problem=problem)
        self.stdout.write(
            f"{path}: {filesizeformat(size)}, {sum(manifest['rows'].values())} rows, "
            f"{count_files(manifest)} files. Read back, restored beside the site and compared."
        )
        if problem:
            self.stderr.write(f"{problem} The first: {missing[0]}")
        if not are_uploads_on_disk():
            self.stdout.write("Files in the bucket are not in it: keep versions of the bucket.")
        self.stdout.write(f"Archives deleted whose time is over: {prune(settings.BACKUP_DIR)}.")


def count_files(manifest):
    return sum("/" in name for name in manifest["files"])
