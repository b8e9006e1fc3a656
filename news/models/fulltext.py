"""A full-text column and its lookups, the same for both databases."""

from django.db import models


class FullTextField(models.TextField):
    """Tokens separated by spaces: a tsvector on PostgreSQL, a column of an FTS5 table on SQLite.

    Tokens contain only letters and digits (college_site.russian.words), hence no operators.
    """

    def db_type(self, connection):
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_placeholder(self, value, compiler, connection):
        return "%s::tsvector" if connection.vendor == "postgresql" else "%s"


@FullTextField.register_lookup
class Matches(models.Lookup):
    """`words__matches=terms`: rows that contain every term (news.search.query.Term)."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        groups = (
            [f'"{lemma}"' for lemma in term.lemmas] + [f'"{prefix}"*' for prefix in term.prefixes]
            for term in self.rhs
        )
        query = " AND ".join(f"({' OR '.join(group)})" for group in groups)
        return f"{all_columns(self.lhs, connection)} MATCH %s", [query]

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        groups = ([*term.lemmas] + [f"{prefix}:*" for prefix in term.prefixes] for term in self.rhs)
        query = " & ".join(f"({' | '.join(group)})" for group in groups)
        return f"{column} @@ %s::tsquery", [*params, query]


@FullTextField.register_lookup
class HasWord(models.Lookup):
    """`words__has_word=OuterRef("word")`: rows that contain a word of an outer query."""

    lookup_name = "has_word"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        word, params = self.process_rhs(compiler, connection)
        return f"{all_columns(self.lhs, connection)} MATCH '\"' || {word} || '\"'", params

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        word, more = self.process_rhs(compiler, connection)
        return f"{column} @@ ({word})::tsquery", [*params, *more]


def all_columns(column, connection):
    """The hidden column, named like its table, through which FTS5 matches all columns."""
    names = column.alias, column.target.model._meta.db_table
    return ".".join(map(connection.ops.quote_name, names))
