"""What schema.org's published vocabulary says against a graph of structured data."""

from schema_org import registry

# An input of an action is described beside it: https://schema.org/docs/actions.html
ANNOTATIONS = {"query-input"}
# The size of a picture is a Distance; search engines read a bare number as pixels.
LITERALS = {"Text", "URL", "Date", "DateTime", "Number", "Integer", "Distance"}
ENUMERATIONS = registry.ENUM_DIRECT_MEMBERS.keys()


def problems(graph):
    """What is unknown to schema.org in the objects of `graph`, as sentences."""
    types = {entry["@id"]: entry["@type"] for entry in graph if "@id" in entry}
    return [problem for entry in graph for problem in of_object(entry, types)]


def of_object(entry, types):
    kind = entry["@type"]
    if kind not in registry.MODEL_BY_SCHEMA:
        return [f"there is no type {kind}"]
    known = {each.schema_name: each for each in registry.get_model(kind).SCHEMA_PROPERTIES}
    found = []
    for name in entry.keys() - ANNOTATIONS - {"@type", "@id", "@context"}:
        if name not in known:
            found.append(f"{kind} has no {name}")
            continue
        if known[name].superseded_by:
            found.append(f"{kind}.{name} is superseded by {known[name].superseded_by}")
        values = entry[name] if isinstance(entry[name], list) else [entry[name]]
        for value in values:
            found += of_value(f"{kind}.{name}", value, set(known[name].ranges), types)
    return found


def of_value(name, value, ranges, types):
    if not isinstance(value, dict):
        return [] if fits(value, ranges) else [f"{name} takes {sorted(ranges)}, not {value!r}"]
    kind = value.get("@type") or types.get(value["@id"])
    if kind is None:
        return [f"{name} leads to {value['@id']}, which is not told"]
    inner = of_object(value, types) if "@type" in value else []
    ancestors = registry.get_model(kind).SCHEMA_TYPES
    return inner if ranges & set(ancestors) else [*inner, f"{name} takes no {kind}"]


def fits(value, ranges):
    """Whether a plain value may stand there: a literal, a member of an enumeration, an address."""
    if ranges & LITERALS:
        return True
    members = [registry.ENUM_DIRECT_MEMBERS[each] for each in ranges & ENUMERATIONS]
    if members:
        return str(value).rpartition("/")[2] in {name for names in members for name in names}
    return str(value).startswith(("http://", "https://"))  # it stands for the thing that is there
