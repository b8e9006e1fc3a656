"""The acts of staff on a suggestion: each is one small form beside the dialogue."""
