"""Receipts: the code that opens a suggestion, the signature that proves its registration."""
