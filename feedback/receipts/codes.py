"""The receipt code: what proves authorship of a suggestion without a name.

The code is derived from the form's submission key and the site's secret, so that a repeated
submission gets the very same code although only its hash is ever stored.
"""

import base64
import hashlib
import re

from django.utils.crypto import salted_hmac

CODE_LETTERS = 28  # of 5 bits each: 140 bits in seven groups of four
GROUP = 4
# Base32 has no 0, 1 and 8, and some Cyrillic letters look Latin: these are what is meant.
LOOKALIKES = str.maketrans("018АВЕЁКМНОРСТУХЗ", "OIBABEEKMHOPCTYX3")


def receipt_code(submission_key):
    """The code as it is shown: seven groups of four letters A–Z and digits 2–7."""
    digest = salted_hmac("feedback.receipt", str(submission_key), algorithm="sha256").digest()
    letters = base64.b32encode(digest).decode()[:CODE_LETTERS]
    return " ".join(letters[start : start + GROUP] for start in range(0, CODE_LETTERS, GROUP))


def code_hash(code):
    """The SHA-256, in hexadecimal, of a code however it was typed: spaces, dashes, letter case."""
    letters = re.sub(r"[^A-Z0-9]", "", code.upper().translate(LOOKALIKES))
    return hashlib.sha256(letters.encode()).hexdigest()


def submission_hash(submission_key):
    """What is stored of a submission key, which would otherwise give the code away."""
    return salted_hmac("feedback.submission", str(submission_key), algorithm="sha256").hexdigest()


def staging_hash(form_key):
    """What a form's files wait under until the form is sent; it does not give the key away."""
    return salted_hmac("feedback.staging", str(form_key), algorithm="sha256").hexdigest()
