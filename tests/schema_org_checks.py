"""Validates structured data against the published vocabulary of schema.org."""

from schema_org import registry

# Inputs of actions are no properties of the vocabulary: https://schema.org/docs/actions.html
ANNOTATIONS = {"query-input"}
# The size of a picture is a Distance; search engines read a bare number as pixels.
LITERALS = {"Text", "URL", "Date", "DateTime", "Number", "Integer", "Distance"}
ENUMERATIONS = registry.ENUM_DIRECT_MEMBERS.keys()


def find_problems(graph):
    """The violations of the vocabulary in a list of JSON-LD objects, as sentences."""
    types = {entry["@id"]: entry["@type"] for entry in graph if "@id" in entry}
    return [problem for entry in graph for problem in check_object(entry, types)]


def check_object(entry, types):
    """The violations of one object; `types` maps each @id of the graph to its type."""
    kind = entry["@type"]
    if kind not in registry.MODEL_BY_SCHEMA:
        return [f"there is no type {kind}"]
    properties = {each.schema_name: each for each in registry.get_model(kind).SCHEMA_PROPERTIES}
    problems = []
    for name in entry.keys() - ANNOTATIONS - {"@type", "@id", "@context"}:
        if name not in properties:
            problems.append(f"{kind} has no {name}")
            continue
        if properties[name].superseded_by:
            problems.append(f"{kind}.{name} is superseded by {properties[name].superseded_by}")
        values = entry[name] if isinstance(entry[name], list) else [entry[name]]
        for value in values:
            problems += check_value(f"{kind}.{name}", value, set(properties[name].ranges), types)
    return problems


def check_value(name, value, ranges, types):
    """The violations of one value of the property `name`, whose expected types are `ranges`."""
    if not isinstance(value, dict):
        if is_allowed_literal(value, ranges):
            return []
        return [f"{name} takes {sorted(ranges)}, not {value!r}"]
    kind = value.get("@type") or types.get(value["@id"])
    if kind is None:
        return [f"{name} refers to {value['@id']}, which is not in the graph"]
    problems = check_object(value, types) if "@type" in value else []
    ancestors = registry.get_model(kind).SCHEMA_TYPES
    return problems if ranges & set(ancestors) else [*problems, f"{name} takes no {kind}"]


def is_allowed_literal(value, ranges):
    """Whether a plain value is a literal, a member of an enumeration or the URL of an object."""
    if ranges & LITERALS:
        return True
    members = [registry.ENUM_DIRECT_MEMBERS[each] for each in ranges & ENUMERATIONS]
    if members:
        return str(value).rpartition("/")[2] in {name for names in members for name in names}
    return str(value).startswith(("http://", "https://"))
