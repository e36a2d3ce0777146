"""Which ledger, which language, who is acting: option first, then environment, configuration file, default.

Read before any command is imported and kept to the standard library: the file is only looked at for a setting
that neither an option nor the environment gives.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from complaintctl.errors import BadValue, ConfigWrong, NoHome
from complaintctl.language import LANGUAGES, N_, Words

APP = "complaintctl"
LEDGER_NAME = "complaints.db"
OPTIONS = ("--ledger", "--lang", "--actor")
_ACTOR_LENGTH = 100


class Scan(NamedTuple):
    """The options that stand before the command, and the words from the command on.

    `known` is False if something stands there that is none of these options, or one that lacks its value.
    """

    given: Mapping[str, str]
    rest: Sequence[str]
    known: bool


def scan(words: Sequence[str]) -> Scan:
    """Look through the words before the command; whatever is wrong there is left to the real parser."""
    given: dict[str, str] = {}
    at, known = 0, True
    while at < len(words) and words[at].startswith("-"):
        name, equals, value = words[at].partition("=")
        if name in OPTIONS and (equals or at + 1 < len(words)):
            given[name] = value if equals else words[at + 1]
            at += 1 if equals else 2
        else:
            at, known = at + 1, False
    return Scan(given, words[at:], known)


def _setting(given: Mapping[str, str], name: str) -> tuple[str, str] | None:
    """Where a setting was given and what it says, or None; the file is only read for what is given nowhere else."""
    option, variable = f"--{name}", f"COMPLAINTCTL_{name.upper()}"
    if option in given:
        return option, given[option]
    if value := os.environ.get(variable):
        return variable, value
    if name in (config := _config()):
        return f"{config_path()}: {name}", config[name]
    return None


def language(given: Mapping[str, str]) -> str:
    """The language to speak; `BadValue` for one that the program does not know."""
    setting = _setting(given, "lang")
    if setting is None:
        return locale_language()
    known = _language_of(setting[1])
    if known is None:
        raise BadValue(field=setting[0], text=setting[1], expected=list(LANGUAGES))
    return known


def is_no_language(value: str | None) -> bool:
    """Say whether a language was asked for that the program does not know."""
    return value is not None and _language_of(value) is None


def locale_language() -> str:
    """The language of the locale: Chinese where it is, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return _language_of(value) or "en"
    return _windows_language() if sys.platform == "win32" else "en"


def _windows_language() -> str:
    import locale

    return _language_of(locale.getlocale()[0] or "") or "en"


def _language_of(value: str) -> str | None:
    name = value.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return {"chinese": "zh", "english": "en"}.get(name, name if name in LANGUAGES else None)


def ledger(given: Mapping[str, str]) -> Path:
    """Where the ledger lies, or would; nothing is looked at or made. `BadValue` for an empty name."""
    setting = _setting(given, "ledger")
    if setting is None:
        return default_ledger()
    if not setting[1]:
        raise BadValue(field=setting[0], text="", expected=Words(N_("the name of a file")))
    return Path(setting[1]).expanduser() if setting[1].startswith("~") else Path(setting[1])


def default_ledger() -> Path:
    """The ledger in the platform's folder for data; `NoHome` where the user has none."""
    folder = _folder("data")
    if folder is None:
        raise NoHome()
    return folder / LEDGER_NAME


def ledger_named(given: Mapping[str, str]) -> bool:
    """Whether anybody named a ledger, so that commands which need none still use it."""
    return _setting(given, "ledger") is not None


def actor(given: Mapping[str, str]) -> str:
    """Who acts; `BadValue` for a name that is empty, too long or no text."""
    setting = _setting(given, "actor")
    return _login() if setting is None else _checked_actor(setting[1], setting[0])


def _checked_actor(value: str, source: str) -> str:
    name = value.strip()
    if not name or len(name) > _ACTOR_LENGTH or not name.isprintable():
        expected = Words(N_("a name of at most 100 printable characters"))
        raise BadValue(field=source, text=value[:_ACTOR_LENGTH], expected=expected)
    return name


def _login() -> str:
    for name in ("LOGNAME", "USER", "USERNAME"):
        value = os.environ.get(name, "").strip()
        if value and value.isprintable() and len(value) <= _ACTOR_LENGTH:
            return value
    if sys.platform != "win32":
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            return f"uid-{os.getuid()}"
    return "clerk"


def config_path() -> Path | None:
    """The user's configuration file, or None where there is no home to look in."""
    folder = _folder("config")
    return None if folder is None else folder / "config.toml"


_XDG = {"data": ("XDG_DATA_HOME", "~/.local/share"), "config": ("XDG_CONFIG_HOME", "~/.config")}


def _folder(kind: str) -> Path | None:
    """The user's folder for `data` or `config`; None where the user has no home.

    On Linux two rules of the desktop standard are the whole matter; platformdirs, which knows the other
    systems, would cost every command a thirtieth of its time. A test holds that both say the same.
    """
    if sys.platform == "linux":
        variable, usual = _XDG[kind]
        base = Path(os.environ.get(variable, "").strip())
        if not base.is_absolute():
            try:
                base = Path(usual).expanduser()
            except RuntimeError:
                return None
        return base / APP
    import platformdirs

    folder = platformdirs.user_data_path if kind == "data" else platformdirs.user_config_path
    return folder(APP, appauthor=False)


_read: dict[Path, dict[str, str]] = {}


def _config() -> Mapping[str, str]:
    """The configuration file's settings; nothing where there is none. `ConfigWrong` where it cannot be read."""
    path = config_path()
    if path is None or not path.is_file():
        return {}
    if path not in _read:
        _read[path] = _parse(path)
    return _read[path]


def _parse(path: Path) -> dict[str, str]:
    import tomllib

    try:
        document: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigWrong(file=str(path), problem=str(error)) from error
    for key, value in document.items():
        if key not in ("ledger", "lang", "actor"):
            raise ConfigWrong(file=str(path), problem=f"{key}?")
        if not isinstance(value, str):
            raise ConfigWrong(file=str(path), problem=f"{key} = {value!r}")
    return document
