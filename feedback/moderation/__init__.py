"""What is looked for in a text: abuse, harm, personal data."""
