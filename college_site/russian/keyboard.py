"""Keys that lie beside each other on a Russian keyboard."""

ROWS = ("ёйцукенгшщзхъ", " фывапролджэ", " ячсмитьбю")
PLACES = {
    letter: (row, column)
    for row, letters in enumerate(ROWS)
    for column, letter in enumerate(letters)
    if letter != " "
}


def are_neighbours(one, other):
    """Whether a finger that aims at one letter can hit the other."""
    if one not in PLACES or other not in PLACES:
        return False
    (row, column), (other_row, other_column) = PLACES[one], PLACES[other]
    # Each row is shifted by about half a key against the one above.
    shift = column - other_column + (row - other_row) / 2
    return abs(row - other_row) <= 1 and abs(shift) <= 1
