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
# Base32 has no 0, 1 and 8, and some Cyrillic letters look Latin: read them as what is meant.
LOOKALIKES = str.maketrans("018АВЕЁКМНОРСТУХЗ", "OIBABEEKMHOPCTYX3")


def receipt_code(submission_key):
    """The code as it is shown: seven groups of four letters A–Z and digits 2–7."""
    digest = salted_hmac("feedback.receipt", str(submission_key), algorithm="sha256").digest()
    letters = base64.b32encode(digest).decode()[:CODE_LETTERS]
    return " ".join(letters[start : start + GROUP] for start in range(0, CODE_LETTERS, GROUP))


def code_hash(code):
    """The SHA-256 of a code in hexadecimal; spaces, dashes and letter case do not matter."""
    letters = re.sub(r"[^A-Z0-9]", "", code.upper().translate(LOOKALIKES))
    return hashlib.sha256(letters.encode()).hexdigest()


def submission_hash(submission_key):
    """The hash that is stored instead of a submission key, which would reveal the code."""
    return salted_hmac("feedback.submission", str(submission_key), algorithm="sha256").hexdigest()


def staging_hash(form_key, uploader):
    """The hash that the files of a form and of a browser are staged under; it reveals neither."""
    value = f"{uploader}\n{form_key}"
    return salted_hmac("feedback.staging", value, algorithm="sha256").hexdigest()
