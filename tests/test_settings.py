"""Settings: where they come from, which win, what is refused in plain words, and what is never printed."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from codesign import settings
from codesign.settings import Settings, SettingsError

SECRET = "a secret of more than thirty-two characters"


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty environment, in an empty folder: the person who runs this has settings of their own."""
    for name in list(os.environ):
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_any_setting_there_is_one_place_for_the_data_whatever_the_folder(
    nothing_set: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = settings.load()
    (nothing_set / "elsewhere").mkdir()
    monkeypatch.chdir(nothing_set / "elsewhere")
    assert settings.load() == first
    assert first.data == nothing_set / "home/.local/share/codesign"
    assert first.database_url == f"sqlite+aiosqlite:///{first.data}/codesign.db"
    assert (first.host, first.port, first.redis_url) == ("127.0.0.1", 8000, None)


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"XDG_DATA_HOME": "/x"}, "/x/codesign"),
        ({"XDG_DATA_HOME": "/x", "STATE_DIRECTORY": "/var/lib/codesign:/b"}, "/var/lib/codesign"),
        ({"STATE_DIRECTORY": "/var/lib/codesign", "CODESIGN_DATA": "/data"}, "/data"),
    ],
)
def test_the_data_folder(
    variables: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert settings.load().data == Path(folder)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u:p@host/db", "postgresql+asyncpg://u:p@host/db"),
        ("postgresql://u:p@host/db?ssl=require", "postgresql+asyncpg://u:p@host/db?ssl=require"),
        ("postgresql+asyncpg://host/db", "postgresql+asyncpg://host/db"),
        ("sqlite:////srv/board.db", "sqlite+aiosqlite:////srv/board.db"),
    ],
)
def test_database_addresses_get_their_driver(
    given: str, used: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", given)
    assert settings.load().database_url == used


def test_our_own_name_wins_over_the_hosting_services(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9000")
    monkeypatch.setenv("REDIS_URL", "redis://plain")
    assert (settings.load().port, settings.load().redis_url) == (9000, "redis://plain")
    monkeypatch.setenv("CODESIGN_PORT", "9001")
    monkeypatch.setenv("CODESIGN_REDIS_URL", "unix:///run/valkey")
    assert (settings.load().port, settings.load().redis_url) == (9001, "unix:///run/valkey")


def test_the_command_line_wins_over_variables_and_these_over_a_dotenv(
    nothing_set: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (nothing_set / ".env").write_text("CODESIGN_PORT=1\nCODESIGN_LOG_LEVEL=DEBUG\nOTHER=x\n")
    assert (settings.load().port, settings.load().log_level) == (1, "debug")
    monkeypatch.setenv("CODESIGN_PORT", "2")
    assert settings.load().port == 2
    assert settings.load(port=3, log_level=None).port == 3


def test_variables_that_only_look_like_ours_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "DATA", "LAN", "SECRET", "PUBLIC_URL"):
        monkeypatch.setenv(name, "1")
    assert settings.load() == Settings()
    assert settings.load().host == "127.0.0.1"


def test_on_a_lan_it_listens_to_everyone() -> None:
    assert settings.load(lan=True).host == "0.0.0.0"
    assert settings.load(lan=True, host="192.0.2.1").host == "192.0.2.1"


def test_trusted_origins_are_words_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODESIGN_TRUSTED_ORIGINS", "https://a.example, http://b.example:8080")
    assert settings.load().trusted_origins == ("https://a.example", "http://b.example:8080")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "DATABASE_URL",
            "mysql://host/db",
            "DATABASE_URL is wrong: use sqlite:///path or postgresql://user:password@host/name.",
        ),
        (
            "CODESIGN_REDIS_URL",
            "localhost:6379",
            "CODESIGN_REDIS_URL is wrong: use redis://host:port, rediss://host:port or unix:///path.",
        ),
        (
            "PORT",
            "http",
            "PORT is wrong: Input should be a valid integer, unable to parse string as an integer.",
        ),
        (
            "CODESIGN_PUBLIC_URL",
            "board.example",
            "CODESIGN_PUBLIC_URL is wrong: "
            "use an address such as https://board.example, not 'board.example'.",
        ),
        (
            "CODESIGN_TRUSTED_ORIGINS",
            "https://a.example/path",
            "CODESIGN_TRUSTED_ORIGINS is wrong: "
            "an origin ends after host and port: https://a.example/path.",
        ),
        (
            "CODESIGN_SECRET",
            "short",
            "CODESIGN_SECRET is wrong: it needs 32 characters or more.",
        ),
    ],
)
def test_a_wrong_setting_is_refused_in_a_sentence_that_names_it(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        settings.load()
    assert str(refused.value) == sentence


def test_a_secret_is_made_once_and_closed_to_others(tmp_path: Path) -> None:
    one = Settings(data=tmp_path / "data").signing_secret()
    assert len(one) == 64
    assert Settings(data=tmp_path / "data").signing_secret() == one
    assert Settings(data=tmp_path / "other").signing_secret() != one
    assert stat.S_IMODE((tmp_path / "data/secret").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret"]


def test_servers_that_start_at_once_end_with_the_same_secret(tmp_path: Path) -> None:
    for round_ in range(20):
        started = [Settings(data=tmp_path / str(round_)) for _ in range(8)]
        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(Settings.signing_secret, started))) == 1


def test_a_given_secret_wins_over_a_file_and_a_file_over_the_generated_one(tmp_path: Path) -> None:
    (tmp_path / "file").write_text(SECRET + "\n")
    assert Settings(data=tmp_path, secret_file=tmp_path / "file").signing_secret() == SECRET
    given = Settings(data=tmp_path, secret_file=tmp_path / "file", secret="x" * 32)
    assert given.signing_secret() == "x" * 32


def test_a_secret_or_folder_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "short").write_text("short")
    for file, sentence in [
        (
            tmp_path / "none",
            f"The secret in {tmp_path}/none cannot be read: No such file or directory.",
        ),
        (tmp_path / "short", f"The secret in {tmp_path}/short needs 32 characters or more."),
    ]:
        with pytest.raises(SettingsError) as refused:
            Settings(data=tmp_path, secret_file=file).signing_secret()
        assert str(refused.value) == sentence
    with pytest.raises(SettingsError) as refused:
        Settings(data=tmp_path / "short/below").signing_secret()
    assert str(refused.value) == (
        f"The data folder {tmp_path}/short/below cannot be written: Not a directory. "
        "Set CODESIGN_DATA to a folder of this account."
    )


def test_printed_settings_hide_what_is_secret() -> None:
    shown = Settings(
        secret=SECRET,
        database_url="postgres://anna:p@ss/w:rd@db.example/board?password=other&ssl=require",
        redis_url="redis://:hush@cache.example",
        trusted_origins=("https://a.example", "https://b.example"),
        translation_key="a key that nobody sees",
    ).redacted()
    assert (shown["secret"], shown["translation_key"]) == ("(hidden)", "(hidden)")
    assert shown["database_url"] == (
        "postgresql+asyncpg://anna:(hidden)@db.example/board?password=(hidden)&ssl=require"
    )
    assert shown["redis_url"] == "redis://:(hidden)@cache.example"
    assert shown["trusted_origins"] == "https://a.example, https://b.example"
    assert (shown["port"], shown["public_url"]) == ("8000", "")


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
