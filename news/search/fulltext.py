"""A column of stems and its lookup `matches`, for the full-text index of either database."""

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
        table = connection.ops.quote_name(self.lhs.alias)  # FTS5's name for all its columns
        wanted = [
            f'("{term.stem}" OR "{term.prefix}"*)' if term.prefix else f'"{term.stem}"'
            for term in self.rhs
        ]
        return f"{table} MATCH %s", [" AND ".join(wanted)]

    def as_postgresql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        wanted = [
            f"({term.stem} | {term.prefix}:*)" if term.prefix else term.stem for term in self.rhs
        ]
        return f"{column} @@ %s::tsquery", [*params, " & ".join(wanted)]
