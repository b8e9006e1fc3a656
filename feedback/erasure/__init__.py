"""The destruction of personal data: when, how, and the papers that prove it."""
