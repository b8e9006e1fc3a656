"""An S3 server with one bucket."""

import logging
from contextlib import contextmanager

import boto3
from moto.server import ThreadedMotoServer


@contextmanager
def serve_bucket():
    """The setting MEDIA_BUCKET for it."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    options = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    client = boto3.client("s3", endpoint_url=f"http://{host}:{port}", **options)
    client.create_bucket(Bucket="files")
    client.close()
    try:
        yield f"s3+http://key:secret@{host}:{port}/files"
    finally:
        server.stop()
