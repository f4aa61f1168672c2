"""From a notebook and its parameters to pages, one or ten thousand."""

import sys

# jsonschema, which reads notebooks, loads a grammar of international web addresses where it is
# installed. That takes a second each time, and notebooks have no such addresses to check.
_GRAMMAR = "rfc3987_syntax"
if "jsonschema" not in sys.modules and _GRAMMAR not in sys.modules:
    sys.modules[_GRAMMAR] = None  # type: ignore[assignment]
    import jsonschema  # noqa: F401

    del sys.modules[_GRAMMAR]
