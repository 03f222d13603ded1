"""The pages are short where they promise to be, their links lead somewhere, and they know every command and variable."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import global_settings

from config.settings import environment, site
from tests.architecture import sources

ROOT = sources.ROOT
PAGES = [ROOT / "README.md", ROOT / "STYLE.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
OTHERS = ("ACCOUNT_", "ALLAUTH_", "AXES_", "CELERY_", "CONTENT_SECURITY_POLICY", "HEADLESS_", "MFA_", "SOCIALACCOUNT_", "USERSESSIONS_", "WAGTAIL",
          "WHITENOISE_")  # fmt: skip
PLUMBING = {"ENV", "ROOT", "ROOT_URLCONF", "ASGI_APPLICATION", "NONE", "SELF"}
# Variables of a shell or of make itself, and those a Makefile sets for its own use.
SHELLS = {"PATH", "MAKEFILE_LIST"}
SHELL_VARIABLE = re.compile(r"(?<!\$)\$[({]?([A-Z][A-Z_]+)")
OWN_OF_MAKE = re.compile(r"^([A-Z_]+) :=", re.MULTILINE)
STARTERS = ["Procfile", "Makefile", *(f"docker/{name}" for name in ("Dockerfile", "compose.yaml"))]
UNWANTED = re.compile(r"\b(TODO|FIXME|HACK|lorem ipsum)\b|(?<![\w.:/])/(?:work|home|root|Users)/", re.IGNORECASE)
TEXT_SUFFIXES = {".py", ".md", ".html", ".css", ".txt", ".toml", ".po", ".yaml", ".yml", ""}


def targets() -> list[str]:
    return re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE)


def own_settings() -> set[str]:
    named = {name for name in vars(site) if name.isupper() and not hasattr(global_settings, name)}
    return {name for name in named if not name.startswith(OTHERS)} - PLUMBING


def _variables_of(tree: ast.Module) -> set[str]:
    constants = {
        target.id: statement.value.value
        for statement in tree.body
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    keys = [key for node in ast.walk(tree) if (key := _key(node)) is not None]
    named = {key.value for key in keys if isinstance(key, ast.Constant)}
    return named | {constants[key.id] for key in keys if isinstance(key, ast.Name) and key.id in constants}


def _key(node: ast.AST) -> ast.expr | None:
    """Return what `os.environ[...]`, `os.environ.get(...)`, `.setdefault(...)` or `os.getenv(...)` asks for."""
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
        return node.slice
    readers = {"os.getenv", "os.environ.get", "os.environ.setdefault", "os.environ.pop"}
    return node.args[0] if isinstance(node, ast.Call) and ast.unparse(node.func) in readers else None


def settings_asked_for() -> set[str]:
    """Return the settings that code reads with a default of its own: `getattr(settings, "NAME", ...)`."""
    asked = (
        call.args[1]
        for path in sources.source_files()
        for call in ast.walk(sources.tree(path))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) == "getattr"
        and ast.unparse(call.args[0]) == "settings"
    )
    return {name.value for name in asked if isinstance(name, ast.Constant)}


def variables_read() -> set[str]:
    """Return the environment variables that code reads past `environment.VARIABLES`, by a text or by a constant."""
    return {name for path in sources.source_files() for name in _variables_of(sources.tree(path))}


def variables_of_starters() -> set[str]:
    """Return the variables that the Procfile, the Makefile and the image take from outside."""
    texts = [(ROOT / name).read_text() for name in STARTERS]
    named = {name for text in texts for name in SHELL_VARIABLE.findall(text)}
    return named - SHELLS - {name for text in texts for name in OWN_OF_MAKE.findall(text)}


@pytest.mark.parametrize(("page", "ceiling"), [("README.md", 60), ("STYLE.md", 200), ("Makefile", 60)])
def test_page_is_short(page: str, ceiling: int) -> None:
    assert len((ROOT / page).read_text().splitlines()) <= ceiling


def test_concepts_open_with_our_view() -> None:
    assert "This is how Ashar sees the world" in (ROOT / "docs" / "concepts.md").read_text()[:200]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    local = [
        link.split("#")[0] for link in LINK.findall(page.read_text()) if "://" not in link and not link.startswith("#")
    ]

    missing = [link for link in local if link and not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("target", targets())
def test_verb_of_make_is_documented(target: str) -> None:
    text = "".join(page.read_text() for page in PAGES)

    assert f"make {target}" in text


def test_every_verb_of_make_has_a_help_text() -> None:
    verbs = re.findall(r"^([a-z]+):(?!=)", (ROOT / "Makefile").read_text(), re.MULTILINE)

    assert verbs == targets()


@pytest.mark.parametrize("name", environment.VARIABLES)
def test_environment_variable_is_documented(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "docs" / "how-to" / "settings.md").read_text()


@pytest.mark.parametrize("name", sorted(own_settings()))
def test_setting_of_ours_is_documented(name: str) -> None:
    assert f"`{name}`" in (ROOT / "docs" / "how-to" / "settings.md").read_text()


@pytest.mark.parametrize("name", sorted(settings_asked_for() | variables_read() | variables_of_starters()))
def test_what_is_read_elsewhere_is_documented(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "docs" / "how-to" / "settings.md").read_text()


def test_the_scan_finds_each_kind_of_reading() -> None:
    assert settings_asked_for() == {"OPERATOR", "OUTBOX_LEASE_SECONDS", "EMAIL_REPLY_TO"}
    assert variables_read() == {"ASHAR_CRASH_AT", "DJANGO_SETTINGS_MODULE"}
    assert variables_of_starters() == {
        "ARGS", "HOST", "PORT", "POSTGRES_PASSWORD", "PYTHON", "SANDBOX_PORT", "UPGRADE", "VAR_DIR"
    }  # fmt: skip


def test_documented_variables_exist() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "how-to" / "settings.md").read_text(), re.MULTILINE)

    known = own_settings() | set(environment.VARIABLES) | settings_asked_for() | variables_read()
    assert set(rows) - known - variables_of_starters() == {"REQUIRE_SERVICES"}


def test_decisions_are_numbered_without_gaps_and_fit_on_a_page() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    assert [page.name for page in pages if len(page.read_text().splitlines()) > 60] == []


def test_every_app_opens_with_its_dictionary() -> None:
    parts = [path for path in (ROOT / "platform" / "ashar").iterdir() if (path / "apps.py").exists()]
    parts += [ROOT / part for part in ("diaspora", "grants", "cms")]

    assert [part.name for part in parts if len(_docstring(part / "__init__.py").splitlines()) < 4] == []


def test_no_page_and_no_line_of_code_carries_what_should_not_leave_a_desk() -> None:
    assert [found for path in _texts() for found in _unwanted(path)] == []


def _docstring(path: Path) -> str:
    return ast.get_docstring(sources.tree(path)) or ""


def _texts() -> list[Path]:
    folders = [*sources.PARTS, "tests", "docs", "docker", ".ci", "requirements"]
    paths = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in TEXT_SUFFIXES and path.is_file()
    ]
    return [
        path
        for path in paths
        if path != Path(__file__) and "vendor" not in path.parts and "__pycache__" not in path.parts
    ]


def _unwanted(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return [f"{path.relative_to(ROOT)}:{number}" for number, line in enumerate(lines, 1) if UNWANTED.search(line)]
