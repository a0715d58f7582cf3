"""What the person who runs the server can set, by `CODESIGN_*` variables or a `.env` file; nothing has to be.

Read once, at start, and handed on; nothing else looks at the environment. docs/settings.md is the list for people.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import sys
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

LogLevel = Literal["debug", "info", "warning", "error"]


class SettingsError(Exception):
    """A setting is wrong or cannot be used. The message is whole sentences, for the person at the terminal."""


def data_folder() -> Path:
    """Where data goes when nobody says: one place per person, whichever folder the server is started from.

    Not ./codesign-data: the same command in another folder would find an empty board. A systemd unit's
    StateDirectory= comes first, then the place the platform keeps application data in.
    """
    if state := os.environ.get("STATE_DIRECTORY"):  # systemd; several are joined by ":"
        return Path(state.split(":")[0])
    try:
        home = Path.home()
    except RuntimeError:
        raise SettingsError(
            "This account has no home folder. Set CODESIGN_DATA to a folder for the data."
        ) from None
    if sys.platform == "darwin":
        return home / "Library/Application Support/Codesign"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local")) / "Codesign"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share") / "codesign"


def _named(*names: str) -> Any:
    """The variables of one setting; the first that is set wins."""
    return AliasChoices(*names)


# NoDecode: lists are plain words with commas between them, not JSON.
Words = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        frozen=True,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",  # a .env may serve other programs too
        populate_by_name=True,  # in code and tests
        case_sensitive=True,  # or the shell's own $HOST would be taken for our host
        use_attribute_docstrings=True,  # `codesign config` can say what each is for
    )

    data: Path = Field(default_factory=data_folder, validation_alias=_named("CODESIGN_DATA"))
    """Folder of the database, the uploads and the generated secret."""
    database_url: str = Field("", validation_alias=_named("CODESIGN_DATABASE_URL", "DATABASE_URL"))
    """SQLAlchemy address; empty becomes codesign.db in the data folder."""
    redis_url: str | None = Field(None, validation_alias=_named("CODESIGN_REDIS_URL", "REDIS_URL"))
    """Redis or Valkey; only needed when several processes serve the same boards."""

    host: str = Field("", validation_alias=_named("CODESIGN_HOST"))
    """Address to listen on; empty becomes 127.0.0.1, and 0.0.0.0 with `lan`."""
    port: int = Field(8000, ge=0, le=65535, validation_alias=_named("CODESIGN_PORT", "PORT"))
    """TCP port; 0 takes any free one."""
    lan: bool = Field(False, validation_alias=_named("CODESIGN_LAN"))
    """Serve a workshop's own network, and print the address and QR code that others reach."""
    public_url: str | None = Field(None, validation_alias=_named("CODESIGN_PUBLIC_URL"))
    """What people type, with scheme and without a slash at the end; None takes it from each request."""
    forwarded_allow_ips: str = Field(
        "127.0.0.1", validation_alias=_named("CODESIGN_FORWARDED_ALLOW_IPS", "FORWARDED_ALLOW_IPS")
    )
    """Proxies whose X-Forwarded-* are believed: addresses and networks with commas between, or *."""
    trusted_origins: Words = Field((), validation_alias=_named("CODESIGN_TRUSTED_ORIGINS"))
    """Other origins that may post and connect, such as `https://board.example`."""

    secret: SecretStr | None = Field(None, validation_alias=_named("CODESIGN_SECRET"))
    """Signs cookies and links; 32 characters or more. `signing_secret()` gives the one in force."""
    secret_file: Path | None = Field(None, validation_alias=_named("CODESIGN_SECRET_FILE"))
    """File that holds the secret, as containers have it."""

    methods: Path | None = Field(None, validation_alias=_named("CODESIGN_METHODS"))
    """Folder of methods of your own; None becomes `methods` in the data folder."""
    playbooks: Path | None = Field(None, validation_alias=_named("CODESIGN_PLAYBOOKS"))
    """Folder of playbooks of your own; None becomes `playbooks` in the data folder."""

    translation_url: str | None = Field(None, validation_alias=_named("CODESIGN_TRANSLATION_URL"))
    """A service that speaks the LibreTranslate API; without it nothing is sent to anybody."""
    translation_key: SecretStr | None = Field(
        None, validation_alias=_named("CODESIGN_TRANSLATION_KEY")
    )
    """The key that service wants, if it wants one."""

    log_level: LogLevel = Field("info", validation_alias=_named("CODESIGN_LOG_LEVEL"))
    """From which weight on a line is logged: debug, info, warning or error."""
    clock_offset_ms: int = Field(0, validation_alias=_named("CODESIGN_CLOCK_OFFSET_MS"))
    """Milliseconds added to the server's clock; for tests of what happens at a date."""

    @field_validator("data", "secret_file", "methods", "playbooks")
    @classmethod
    def _expand(cls, path: Path | None) -> Path | None:
        return path and path.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def _name_the_driver(cls, url: str) -> str:
        """Addresses as hosting services give them; without a driver SQLAlchemy would look for another one."""
        url = re.sub(r"^postgres(ql)?://", "postgresql+asyncpg://", url)
        url = re.sub(r"^sqlite://", "sqlite+aiosqlite://", url)
        if url and not url.startswith(("postgresql+asyncpg://", "sqlite+aiosqlite://")):
            raise ValueError("use sqlite:///path or postgresql://user:password@host/name")
        return url

    @field_validator("redis_url")
    @classmethod
    def _know_the_scheme(cls, url: str | None) -> str | None:
        if url and not url.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("use redis://host:port, rediss://host:port or unix:///path")
        return url

    @field_validator("public_url", "translation_url")
    @classmethod
    def _no_slash_at_the_end(cls, url: str | None) -> str | None:
        return url and _web_address(url).rstrip("/")

    @field_validator("trusted_origins", mode="before")
    @classmethod
    def _split(cls, words: object) -> object:
        return tuple(re.split(r"[\s,]+", words.strip())) if isinstance(words, str) else words

    @field_validator("trusted_origins")
    @classmethod
    def _origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        if wrong := [o for o in origins if urlsplit(_web_address(o)).path]:
            raise ValueError(f"an origin ends after host and port: {wrong[0]}")
        return origins

    @field_validator("secret")
    @classmethod
    def _long_enough(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and len(secret.get_secret_value()) < 32:
            raise ValueError("it needs 32 characters or more")
        return secret

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, level: object) -> object:
        return level.lower() if isinstance(level, str) else level

    def model_post_init(self, context: Any, /) -> None:
        # Defaults that follow from other settings. Frozen models are set this way until they are handed out.
        if not self.database_url:
            path = (self.data / "codesign.db").as_posix()
            object.__setattr__(self, "database_url", f"sqlite+aiosqlite:///{path}")
        if not self.host:
            object.__setattr__(self, "host", "0.0.0.0" if self.lan else "127.0.0.1")  # noqa: S104
        if self.methods is None:
            object.__setattr__(self, "methods", self.data / "methods")
        if self.playbooks is None:
            object.__setattr__(self, "playbooks", self.data / "playbooks")

    def signing_secret(self) -> str:
        """The secret in force: set, read from a file, or made once and kept in the data folder."""
        if self.secret:
            return self.secret.get_secret_value()
        if self.secret_file:
            return _read_secret(self.secret_file)
        return _kept_secret(self.make_data_folder() / "secret")

    def make_data_folder(self) -> Path:
        """The data folder, made if need be, and closed to other accounts of the machine then."""
        try:
            self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise _cannot_write(self.data, error) from None
        return self.data

    def redacted(self) -> dict[str, str]:
        """Every setting as `codesign config` may print it: no secret and no password."""
        shown = {name: _redact(name, getattr(self, name)) for name in type(self).model_fields}
        return dict(sorted(shown.items()))


def load(**given: Any) -> Settings:
    """The settings in force; what the command line gives wins over variables, and those over `.env`."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        sentences = [
            f"{_variable(str(fault['loc'][0]))} is wrong: {fault['msg'].removeprefix('Value error, ')}."
            for fault in error.errors()
        ]
        raise SettingsError("\n".join(sentences)) from None


def _variable(loc: str) -> str:
    """The variable to mend: the one that is set, of those that name the setting at fault."""
    for name, field in Settings.model_fields.items():
        aliases = field.validation_alias
        if isinstance(aliases, AliasChoices) and loc in (name, *aliases.choices):
            names = [str(choice) for choice in aliases.choices]
            return next((name for name in names if name in os.environ), names[0])
    return loc


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"use an address such as https://board.example, not {url!r}")
    return url


def _read_secret(path: Path) -> str:
    try:
        secret = path.read_text("utf-8").strip()
    except OSError as error:
        raise SettingsError(f"The secret in {path} cannot be read: {error.strerror}.") from None
    if len(secret) < 32:
        raise SettingsError(f"The secret in {path} needs 32 characters or more.")
    return secret


def _kept_secret(path: Path) -> str:
    """Make the secret if it is not there yet. Of two servers that start at once, both end with the same one.

    The file is written whole under another name and then linked: link() fails if the name is taken, so the first
    one stays, and nobody reads half a secret, as with open(O_EXCL) and a write after it.
    """
    if not path.exists():
        draft = path.with_name(f".secret-{os.getpid()}-{secrets.token_hex(4)}")
        try:
            with os.fdopen(
                os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w"
            ) as file:
                file.write(secrets.token_urlsafe(48))
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):  # another server was first
                os.link(draft, path)
        except OSError as error:
            raise _cannot_write(path.parent, error) from None
        finally:
            draft.unlink(missing_ok=True)
    return _read_secret(path)


def _cannot_write(folder: Path, error: OSError) -> SettingsError:
    return SettingsError(
        f"The data folder {folder} cannot be written: {error.strerror}. "
        "Set CODESIGN_DATA to a folder of this account."
    )


def _redact(name: str, value: object) -> str:
    if value is None or value == ():
        return ""
    if name in ("secret", "translation_key"):
        return "(hidden)"
    if isinstance(value, tuple):
        return ", ".join(value)
    # Greedy on purpose: a password may hold an unescaped @ or /, and rather too much is hidden than too little.
    text = re.sub(r"://([^:@/]*):.*@", r"://\1:(hidden)@", str(value))
    return re.sub(r"(password=)[^&]*", r"\1(hidden)", text)
