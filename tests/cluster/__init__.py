"""Two machines on this one: nginx, two web servers, two workers, PostgreSQL, an S3 server."""
