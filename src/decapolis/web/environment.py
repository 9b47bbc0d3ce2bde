"""Settings that a city gives in the environment: typed, each with what it is for and what to write."""

import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from decapolis.plumbing.failures import Failure

ROOT = Path(__file__).resolve().parents[3]
PREFIX = "DECAPOLIS_"
TOOLS = {"TEST_DATABASE_URL", "SHARED_DATA", "PYTHON"}
"""Variables that `script/` and the tests read; not settings of a running city."""


def setting(default: object, what: str, remedy: str) -> Any:  # noqa: ANN401  # as pydantic's Field
    """Declare one setting: its default, what it is for, and what to write instead of a wrong value."""
    return Field(default, description=what, json_schema_extra={"remedy": remedy})


class Environment(BaseSettings):
    """Everything a city may set, as ``DECAPOLIS_NAME=value`` or ``DECAPOLIS_NAME_FILE=path``."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True)

    data: Path = setting(
        ROOT / "var",
        "Folder for the database, keys and files of this installation. Back it up.",
        "give a folder that this user may write to",
    )
    database_url: SecretStr | None = setting(
        None,
        "Where the data are stored. Without it: SQLite in the data folder.",
        "give sqlite:///path or postgres://user:password@host:port/name",
    )
    secret_key: Annotated[SecretStr, Field(min_length=32)] | None = setting(
        None,
        "Signs what browsers hand back. Without it one is made at the first start and kept in the data folder.",
        "give at least 32 random characters, or leave it out",
    )
    key_passphrase: Annotated[SecretStr, Field(min_length=12)] | None = setting(
        None,
        "Makes the key that signs anchors of the audit, in place of a key kept in the data folder.",
        "give at least 12 characters, or leave it out",
    )
    anchors: Path | None = setting(
        None,
        "Folder of the signed anchors of the audit, to be copied outside. Without it: anchors in the data folder.",
        "give a folder that this user may write to",
    )
    hosts: Annotated[tuple[str, ...], NoDecode, Field(min_length=1)] = setting(
        ("localhost", "127.0.0.1", "[::1]"),
        "Names under which the site is reached, separated by commas. Requests for other names are refused.",
        "give host names separated by commas, for example listening.example.org",
    )
    https: bool = setting(
        default=False,
        what="Whether residents reach the site by HTTPS, through a reverse proxy that sets X-Forwarded-Proto itself.",
        remedy="give true or false",
    )
    city_name: Annotated[str, Field(min_length=1, max_length=80)] = setting(
        "Our city", "Name of the city, on every page.", "give 1 to 80 characters"
    )
    city_office: Annotated[str, Field(min_length=1, max_length=120)] = setting(
        "City prevention office", "Who answers for the site, on every page.", "give 1 to 120 characters"
    )
    fictional: bool = setting(
        default=False,
        what="Whether this is a show with made-up data: no second factor is asked, and every page says so.",
        remedy="give true or false",
    )
    workers: Annotated[int, Field(ge=1, le=64)] = setting(
        2, "Number of web processes.", "give a whole number from 1 to 64"
    )
    executor: Literal["serial", "processes", "dask"] = setting(
        "serial", "Where the repeats of an analysis are done; the result is the same.", "give serial, processes or dask"
    )
    executor_workers: Annotated[int, Field(ge=1, le=256)] = setting(
        2, "How many of them at the same time.", "give a whole number from 1 to 256"
    )
    executor_address: str | None = setting(
        None, "Scheduler of Dask. Without it Dask works on this machine.", "give an address like tcp://10.0.0.5:8786"
    )
    body_limit: Annotated[int, Field(ge=10_000, le=1_000_000_000)] = setting(
        2_500_000, "Largest request that is accepted, in bytes.", "give a whole number from 10000 to 1000000000"
    )
    mail_host: str | None = setting(
        None,
        "Mail server that takes the site's letters. Without it no mail is sent.",
        "give the name of your mail server, for example smtp.example.org",
    )
    mail_port: Annotated[int, Field(ge=1, le=65535)] = setting(
        587, "Port of the mail server.", "give a whole number from 1 to 65535"
    )
    mail_security: Literal["starttls", "tls", "none"] = setting(
        "starttls", "How the way to the mail server is closed to others.", "give starttls, tls or none"
    )
    mail_user: str | None = setting(None, "Name under which the mail server knows the site.", "give a name")
    mail_password: SecretStr | None = setting(None, "Password for the mail server.", "give the password")
    mail_from: str | None = setting(
        None, "Address that letters come from. Needed with a mail server.", "give an address like decapolis@example.org"
    )
    log_format: Literal["text", "json"] = setting(
        "text", "How a line of the log is written: for people or for machines.", "give text or json"
    )

    @field_validator("hosts", mode="before")
    @classmethod
    def _split(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        names = [name.strip() for name in given.split(",") if name.strip()]
        if any("/" in name or " " in name or name == "*" for name in names):
            raise ValueError("not a host name")
        return names

    @field_validator("mail_host")
    @classmethod
    def _one_host(cls, given: str | None) -> str | None:
        if given is not None and not re.fullmatch(r"[A-Za-z0-9.:-]{1,253}", given):
            raise ValueError("not a host name")
        return given

    @field_validator("mail_from")
    @classmethod
    def _one_address(cls, given: str | None) -> str | None:
        if given is not None and not re.fullmatch(r"[^\s@<>,;:\"]{1,64}@[A-Za-z0-9.-]{1,190}", given):
            raise ValueError("not an address")
        return given

    @model_validator(mode="after")
    def _mail_is_whole(self) -> Self:
        if self.mail_host and not self.mail_from:
            raise Failure(f"{variable('mail_host')} is set and {variable('mail_from')} is not: {remedy('mail_from')}.")
        return self

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, given: SecretStr | None) -> SecretStr | None:
        known = ("sqlite://", "postgres://", "postgresql://")
        if given is not None and not given.get_secret_value().startswith(known):
            raise ValueError("unknown kind of database")
        return given


def read_environment() -> Environment:
    """Read all settings; a wrong one stops the start with a `Failure` that names it and the remedy."""
    set_here = {key: value for key, value in os.environ.items() if key.startswith(PREFIX) and value}
    files = dict(_from_file(key, path) for key, path in set_here.items() if _is_file(key))
    try:
        return Environment.model_validate(files)
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise Failure(_complaint(name, files.get(name) or set_here.get(variable(name), ""))) from None


def variable(name: str) -> str:
    """Name of a setting in the environment."""
    return PREFIX + name.upper()


def is_secret(name: str) -> bool:
    """Whether the value of a setting is never shown."""
    return "SecretStr" in str(Environment.model_fields[name].annotation)


def remedy(name: str) -> str:
    """What to write instead of a wrong value."""
    extra = Environment.model_fields[name].json_schema_extra
    return str(extra["remedy"]) if isinstance(extra, dict) else ""


def _is_file(key: str) -> bool:
    """Whether a variable names the file of a setting. One that is no setting at all is a slip of the pen."""
    name = key.removeprefix(PREFIX)
    if name in TOOLS or name.lower() in Environment.model_fields:
        return False
    if name.removesuffix("_FILE").lower() in Environment.model_fields:
        return True
    known = ", ".join(variable(field) for field in Environment.model_fields)
    raise Failure(f"{key} is not a setting: take it away, or use one of {known}.")


def _from_file(key: str, path: str) -> tuple[str, str]:
    name = key.removesuffix("_FILE")
    if os.environ.get(name):
        raise Failure(f"{name} and {key} are both set: keep one of them.")
    try:
        return name.removeprefix(PREFIX).lower(), Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise Failure(f'{key} is "{path}", which cannot be read: give a text file.') from None


def _complaint(name: str, value: str) -> str:
    shown = "has a value that" if is_secret(name) else f'is "{value}", which'
    return f"{variable(name)} {shown} cannot be used: {remedy(name)}."
