"""The events of a period for the self-assessment report of the college."""
