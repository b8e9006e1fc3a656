"""Takes the pictures of the guide for staff: `make guide`."""
