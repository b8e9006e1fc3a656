"""A column of stems and its lookups, for the full-text index of either database."""

from django.db import models


class StemsField(models.TextField):
    """Stems separated by spaces: a tsvector on PostgreSQL, a column of an FTS5 table on SQLite.

    A stem consists of letters and digits (college_site.words), so none is ever an operator.
    """

    def db_type(self, connection):
        return "tsvector" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_placeholder(self, value, compiler, connection):
        return "%s::tsvector" if connection.vendor == "postgresql" else "%s"


@StemsField.register_lookup
class Matches(models.Lookup):
    """`words__matches=terms`: the rows that contain each of these news.search.query.Terms."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        wanted = [
            f'("{term.stem}" OR "{term.prefix}"*)' if term.prefix else f'"{term.stem}"'
            for term in self.rhs
        ]
        return f"{all_columns(self.lhs, connection)} MATCH %s", [" AND ".join(wanted)]

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        wanted = [
            f"({term.stem} | {term.prefix}:*)" if term.prefix else term.stem for term in self.rhs
        ]
        return f"{column} @@ %s::tsquery", [*params, " & ".join(wanted)]


@StemsField.register_lookup
class HasStem(models.Lookup):
    """`words__has_stem=OuterRef("stem")`: the rows that contain the stem of another table's row."""

    lookup_name = "has_stem"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        stem, params = self.process_rhs(compiler, connection)
        return f"{all_columns(self.lhs, connection)} MATCH '\"' || {stem} || '\"'", params

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        stem, more = self.process_rhs(compiler, connection)
        return f"{column} @@ ({stem})::tsquery", [*params, *more]


def all_columns(column, connection):
    """FTS5's name for all columns of a table: a column that bears the table's name."""
    names = column.alias, column.target.model._meta.db_table
    return ".".join(map(connection.ops.quote_name, names))
