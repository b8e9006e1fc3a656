"""A bare Debian on which deploy/install and deploy/update are tried while visitors ask."""
