"""How is the reference made from the docstrings? ``make docs`` does it, in ``docs/_build``.

A page for each room of the package, with what each of its modules offers. A name in single
backticks is a reference: to something that the module knows by that name, or to the one thing of
that name in the package. One that leads nowhere ends the making.
"""

from importlib import import_module
from pathlib import Path

import papermill  # noqa: F401 (loads our engine, which cannot be loaded before it)
from sphinx.util.nodes import make_refnode

from netanalysis import __version__

project = "netanalysis"
author = "netanalysis contributors"
version = release = __version__
extensions = ["sphinx.ext.autodoc", "myst_parser", "numpydoc"]
exclude_patterns = ["_build"]
myst_heading_anchors = 2  # tables.md leads from table to table
default_role = "py:obj"
nitpicky = True
nitpick_ignore_regex = [("py:class", ".*")]  # types in signatures; the docstrings say them in words
autodoc_typehints = "none"
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
html_theme = "alabaster"
html_show_sourcelink = False

_PACKAGE = Path(__file__).parents[1] / "netanalysis"


def _write_reference(_app):
    """Write ``reference/``: a page for each room, and their list."""
    folder = Path(__file__).parent / "reference"
    folder.mkdir(exist_ok=True)
    rooms = {}
    for path in sorted(_PACKAGE.rglob("*.py")):
        names = path.relative_to(_PACKAGE.parent).with_suffix("").parts
        if names[-1] != "__init__":
            rooms.setdefault(".".join(names[:-1]), []).append(".".join(names))
    for room, modules in rooms.items():
        lines = [room, "=" * len(room), ""]
        for module in modules:
            lines += [
                module,
                "-" * len(module),
                "",
                f".. automodule:: {module}",
                "   :members:",
                "",
            ]
        (folder / f"{room}.rst").write_text("\n".join(lines), "utf-8")
    listed = ["Reference", "=========", "", ".. toctree::", "   :maxdepth: 2", ""]
    listed += [f"   {room}" for room in rooms]
    (folder / "index.rst").write_text("\n".join([*listed, ""]), "utf-8")


def _lead(app, env, node, shown):
    """Where a name leads that Sphinx has not found itself."""
    target, module = node["reftarget"], node.get("py:module")
    known = env.domains["py"].objects
    alike = [name for name in known if name == target or name.endswith(f".{target}")]
    own = [name for name in alike if module and name.startswith(f"{module}.")]
    for found in (own, alike):
        if len(found) == 1:
            page, anchor = known[found[0]].docname, known[found[0]].node_id
            return make_refnode(app.builder, node["refdoc"], page, anchor, shown)
    owner, _, name = target.rpartition(".")
    try:
        getattr(import_module(owner or module or "netanalysis"), name)
    except (ImportError, AttributeError):
        return None
    return shown  # a constant, or what the module imports


def setup(app):
    """Write the reference before Sphinx looks for pages, and lead its names."""
    app.connect("config-inited", lambda app, _config: _write_reference(app))
    app.connect("missing-reference", _lead)
