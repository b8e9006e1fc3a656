"""`python -m tests.cluster`: try the site on two machines; DATABASE_URL names a PostgreSQL."""

import os
import sys
import tempfile

import django

from tests.cluster.bucket import serve_bucket
from tests.nginx_site import NGINX

if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
    sys.exit("DATABASE_URL: found none of PostgreSQL, expected one whose role may make databases.")
if not NGINX:
    sys.exit("Found no nginx on the PATH or in /usr/sbin. Install it: apt install nginx")

with (
    tempfile.TemporaryDirectory(prefix="portal-cluster-") as folder,
    serve_bucket() as bucket,
):
    os.environ |= {"LOCAL_RUN": "True", "DATA_DIR": folder, "MEDIA_BUCKET": bucket}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "college_site.settings")
    django.setup()

    from tests.cluster.trial import main  # models need the setup above

    main()
