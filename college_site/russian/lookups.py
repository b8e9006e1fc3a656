"""The lookup with which staff search: what they see, however it was typed.

`text__resembles="медиа"` finds texts whose skeleton contains that of the value.
"""

from django.db.models import CharField, Lookup, TextField

from college_site.russian.folding import (
    DASHES,
    INVISIBLE,
    MARKS,
    TO_CYRILLIC,
    make_skeleton,
)

# What PostgreSQL does to a text, in the same steps as make_skeleton().
SKELETON = (
    "lower(translate(normalize(regexp_replace(normalize(replace({}, '№', ''), NFKD), %s, '', 'g')),"
    " %s, %s))"
)


@CharField.register_lookup
@TextField.register_lookup
class Resembles(Lookup):
    lookup_name = "resembles"

    def get_prep_lookup(self):
        return make_skeleton(str(self.rhs))

    def as_sqlite(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        return f"instr(make_skeleton({column}), %s) > 0", [*params, self.rhs]

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        text = SKELETON.format(column)
        ignored = f"[{INVISIBLE}{MARKS}]".replace("\0", "\1")  # no text of PostgreSQL has a null
        return f"strpos({text}, %s) > 0", [*params, ignored, *TRANSLATION, self.rhs]


LETTERS = "".join(map(chr, TO_CYRILLIC))
TRANSLATION = (
    LETTERS + "ёς\u2800" + DASHES,
    LETTERS.translate(TO_CYRILLIC) + "еσ " + "-" * len(DASHES),
)
