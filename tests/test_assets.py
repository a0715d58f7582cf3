"""The build of static/dist, in a small checkout of its own and in this one."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from codesign import assets, paths

ROOT = Path(__file__).resolve().parents[1]

FONTS_CSS = """@font-face {
  font-family: "Noto Sans";
  src: url("@fontsource-variable/noto-sans/files/noto-sans-latin-wght-normal.woff2");
}
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The least that builds, with the node_modules of this checkout."""
    sources = {
        "static/js/pages/app.js": 'import { words } from "../words.js"; console.log(words);',
        "static/js/agenda/main.js": 'import { words } from "../words.js"; words();',
        "static/js/personas/main.js": 'import { words } from "../words.js"; words();',
        "static/js/board/main.js": 'import { words } from "../words.js"; import("../late.js"); words();',
        **{f"static/{path}": 'import "../../words.js";' for path in assets.WINGS.values()},
        "static/js/words.js": "export const words = () => 'words';",
        "static/js/late.js": "console.log('late');",
        "static/css/pages.css": '@import "./fonts.css"; body { font-family: "Noto Sans"; }',
        "static/css/board.css": '@import "./fonts.css";',
        "static/css/board-wings.css": ".map { color: black; }",
        "static/css/report-file.css": "body { color: black; }",
        "static/css/fonts.css": FONTS_CSS,
        "static/icons.svg": "<svg/>",
        "static/logo.svg": "<svg></svg>",
        "codesign/locale/ka/codesign.po": (
            'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
            'msgid "Board"\nmsgstr "დაფა"\n'
        ),
        "package.json": (ROOT / "package.json").read_text(),
        "package-lock.json": (ROOT / "package-lock.json").read_text(),
    }
    for name in ("assets", "catalogues", "transliteration"):
        sources[f"codesign/{name}.py"] = f'"""{name}"""'
    for name, text in sources.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    return tmp_path


def build(root: Path) -> bool:
    return assets.build(root, log=lambda line: None)


def manifest(root: Path) -> dict[str, str]:
    names: dict[str, str] = json.loads((root / "static/dist/manifest.json").read_text())
    return names


def test_what_pages_name_is_in_the_manifest_under_a_hashed_name(checkout: Path) -> None:
    build(checkout)
    names = manifest(checkout)
    assert sorted(names) == sorted([*assets.BUNDLES, *assets.BOARD, *assets.COPIES, "i18n/ka"])
    for name, file in names.items():
        assert (checkout / "static/dist" / file).is_file()
        assert Path(file).name != Path(name).name


def test_fonts_and_licences_are_there_and_nothing_else_is_left_over(checkout: Path) -> None:
    build(checkout)
    out = checkout / "static/dist"
    assert sorted(path.name for path in (out / "ttf").iterdir()) == sorted(
        Path(font).name for font in assets.EXPORT_FONTS
    )
    (font,) = (out / "fonts").iterdir()
    style = (out / manifest(checkout)["css/pages.css"]).read_text()
    assert f"../fonts/{font.name}" in style
    assert (out / "licences/htmx.org-license.txt").is_file()
    assert [path.name for path in out.parent.iterdir() if path.name.startswith(".dist-")] == []


def test_a_second_build_has_nothing_to_do_until_a_source_changes(checkout: Path) -> None:
    assert build(checkout)
    before = manifest(checkout)
    assert not build(checkout)
    (checkout / "static/js/words.js").write_text("export const words = () => 'other words';")
    assert build(checkout)
    after = manifest(checkout)
    assert {name for name in before if before[name] != after[name]} == {
        "js/pages/app.js",
        "js/agenda/main.js",
        "js/personas/main.js",
        *assets.BOARD,
    }


def test_a_missing_entry_stops_the_build_and_is_named(checkout: Path) -> None:
    (checkout / "static/css/board.css").unlink()
    (checkout / "static/icons.svg").unlink()
    with pytest.raises(assets.AssetsError) as stopped:
        build(checkout)
    assert str(stopped.value) == (
        "missing, though codesign/assets.py lists it: static/css/board.css, static/icons.svg"
    )


def test_a_build_that_fails_leaves_what_was_built_before(checkout: Path) -> None:
    build(checkout)
    before = manifest(checkout)
    (checkout / "static/js/words.js").write_text("export const words = (;")
    with pytest.raises(assets.AssetsError, match="`node esbuild` failed with exit code 1"):
        build(checkout)
    assert manifest(checkout) == before
    assert assets.is_stale(checkout)


def test_this_checkout_is_built() -> None:
    names = paths.manifest()
    assert set(assets.BUNDLES + assets.BOARD + assets.COPIES) <= set(names)
    for language in ROOT.glob("codesign/locale/*/codesign.po"):
        assert f"i18n/{language.parent.name.replace('_', '-')}" in names
    assert [file for file in names.values() if not (paths.built() / file).is_file()] == []
    assert paths.templates().is_dir()


@pytest.mark.parametrize("style", ["css/pages.css", "css/board.css"])
def test_pages_and_board_bring_letters_of_all_our_scripts(style: str) -> None:
    built = (paths.built() / paths.manifest()[style]).read_text("utf-8")
    for font in ("latin", "latin-ext", "cyrillic", "georgian-georgian"):
        assert f"-{font}-wght-normal-" in built


def test_the_lock_file_names_packages_and_no_addresses_to_get_them_from() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, about in packages.items() if "resolved" in about] == []
    assert [name for name, about in packages.items() if name and "integrity" not in about] == []


def test_a_missing_build_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "codesign")
    (tmp_path / "static").mkdir()
    paths.manifest.cache_clear()
    with pytest.raises(paths.NotBuiltError, match=r"run `python -m codesign\.assets`"):
        paths.manifest()
    paths.manifest.cache_clear()


def test_what_a_page_needs_at_once_is_said_and_what_it_shares_with_its_wings_is_one_file(
    checkout: Path,
) -> None:
    build(checkout)
    needs = json.loads((checkout / "static/dist/needs.json").read_text())
    assert {name for name, files in needs.items() if len(files) != 1} == set()
    shared = {tuple(needs[name]) for name in assets.BOARD}
    assert len(shared) == 1
    assert (checkout / "static/dist" / shared.pop()[0]).is_file()
    assert "js/pages/app.js" in needs  # it shares with the agenda


#: KB that a board opens with, packed by brotli, beside fonts, the page itself and what is on the board.
BUDGET = 128
_BROTLI = """const z = require("zlib"), fs = require("fs");
const sizes = process.argv.slice(1).map((file) => z.brotliCompressSync(fs.readFileSync(file)).length);
console.log(sizes.reduce((sum, size) => sum + size));"""


def test_a_board_opens_within_its_budget_of_bytes_and_files() -> None:
    """What grew over it goes into a wing (static/js/board/wings.js), where it is fetched when somebody needs it."""
    main = "js/board/main.js"
    files = [paths.manifest()[name] for name in (main, "css/board.css", "icons.svg")]
    files += paths.needs()[main]
    names = [str(paths.built() / file) for file in files]
    node = assets.find_node()[0]
    done = subprocess.run(
        [*node, "-e", _BROTLI, *names], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) / 1000 <= BUDGET
    assert len(files) == 4
