"""The command group: what is built when, help, formats, settings and their order."""

import json
import sys
from pathlib import Path

import pytest

from complaintctl import __version__

ALLOWED_SKELETON = {"rich", "tomllib", "sqlite_utils", "sqlite3", "pydantic", "dataclasses", "asyncio", "logging"}


def test_help_lists_commands_in_sections_without_importing_them(toys, imported_modules):
    ran = toys("--help")
    assert ran.code == 0 and ran.err == ""
    assert ran.out.index("Daily:") < ran.out.index("rows") < ran.out.index("The site:") < ran.out.index("set ")
    names = {name for name in imported_modules("--help") if name.startswith("complaintctl.cli.commands.")}
    assert names == set()


def test_help_of_a_command_has_its_options_and_an_example(toys):
    ran = toys("rows", "--help")
    assert ran.code == 0
    assert "Usage: complaintctl rows [OPTIONS] N\n" in ran.out
    assert "--format table|plain|json|csv  How to show it." in ran.out
    assert "--count" in ran.out and "[default: 1]" in ran.out
    assert "Examples:\n  complaintctl rows 3\n" in ran.out


def test_help_in_chinese_says_nothing_in_english(toys):
    for words in (["--help"], ["rows", "--help"], ["set", "--help"]):
        ran = toys("--lang", "zh", *words)
        assert ran.code == 0
        assert ran.out.startswith("用法：complaintctl ")
        for english in ("Usage", "Options", "Show this", "Commands", "needed", "default"):
            assert english not in ran.out


def test_help_columns_stand_in_line_with_wide_characters(toys):
    lines = toys("--lang", "zh", "--help").out.splitlines()
    names = [line for line in lines if line.startswith("  --")]
    from complaintctl.output.text import width

    starts = {width(line[: len(line) - len(line.lstrip().partition("  ")[2].lstrip())]) for line in names}
    assert len(starts) == 1, names


def test_nested_groups_are_found_and_named_in_json(toys):
    ran = toys("set", "rows", "1", "--json")
    assert ran.json["command"] == "set rows"
    assert toys("set").code == 2
    assert "rows" in toys("set", "--help").out


def test_version(toys):
    assert toys("--version").out == f"complaintctl {__version__}\n"


def test_only_the_called_commands_module_is_imported(imported_modules):
    install = f"sys.path.insert(0, {str(Path(__file__).parent)!r})\nimport toys; toys.install()"
    loaded = imported_modules("rows", "2", program=install)
    assert "complaintctl.cli.app" in loaded
    assert not loaded & ALLOWED_SKELETON
    assert not {name for name in loaded if name.startswith("rich")}
    assert not loaded & {"complaintctl.cli.help", "complaintctl.cli.usage", "complaintctl.output.richtable"}


def test_table_is_for_terminals_and_plain_for_pipes(toys):
    assert "───" in toys.terminal("rows", "3", columns=120).out
    assert "───" not in toys("rows", "3").out
    assert "───" in toys("rows", "3", "--format", "table").out


def test_colour_only_where_it_is_welcome(toys):
    assert "\x1b[" in toys.terminal("say", "x").out
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b[" not in toys.terminal("say", "x", env=env).out
        assert "\x1b[" not in toys.terminal("rows", "3", env=env).out
    assert "\x1b[" not in toys("say", "x", env={"FORCE_COLOR": "1"}).out


def test_a_terminal_gets_a_screenful_and_is_told_of_the_rest(toys):
    out = toys.terminal("rows", "100", columns=200, lines=24).out
    assert "81 more; --format plain shows all of them." in out
    assert out.count("met late") == 19


def test_a_long_table_in_a_pipe_is_not_drawn(toys):
    out = toys("rows", "300", "--format", "table").out
    assert out.count("met late") == 300 and "───" not in out


def test_json_is_one_document_with_items_and_warnings(toys):
    document = toys("rows", "2", "--format", "json").json
    assert list(document) == ["version", "ok", "command", "data", "warnings"]
    assert document["version"] == 1 and document["ok"] is True and document["command"] == "rows"
    assert document["data"]["items"][1] == {
        "id": 1,
        "text": "\x1b[31mred\x1b[0m \x1b]8;;http://x\x07link",
        "state": "late",
        "due_at": "2026-11-21T00:30:00+08:00",
        "late_by_seconds": 4000,
        "reveal": False,
        "hidden": "x",
    }
    said = toys("say", "灯", "--json").json
    assert said["warnings"] == [{"code": "noted", "message": "There is no complaint “灯”."}]


def test_warnings_are_messages_outside_of_json(toys):
    ran = toys("say", "灯")
    assert ran.out == "灯\nThere is no file 灯.\n"
    assert ran.err == "There is no complaint “灯”.\n"


def test_exit_code_option_tells_an_empty_listing_from_a_full_one(toys):
    assert toys("rows", "0", "--exit-code").code == 0
    assert toys("rows", "1", "--exit-code").code == 10
    assert toys("rows", "1").code == 0
    assert toys("rows", "0").out == ""


def test_language_comes_from_option_then_environment_then_file_then_locale(toys):
    def says_chinese(*words, **env):
        return "没有文件" in toys(*words, "say", "x", env=env).out

    assert not says_chinese()
    assert says_chinese(LC_ALL="zh_CN.UTF-8")
    assert says_chinese(LC_ALL=None, LC_MESSAGES=None, LANG="zh_CN.UTF-8")
    config = toys.home / ".config" / "complaintctl"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('lang = "zh"\n')
    assert says_chinese()
    assert not says_chinese(COMPLAINTCTL_LANG="en")
    assert says_chinese("--lang", "zh", COMPLAINTCTL_LANG="en")
    assert not says_chinese("--lang=en", COMPLAINTCTL_LANG="zh")


def test_actor_comes_from_option_then_environment_then_file_then_login(toys):
    def actor(*words, **env):
        return toys(*words, "say", "x", "--json", env=env).data["actor"]

    assert actor() == "clerk"
    config = toys.home / ".config" / "complaintctl"
    config.mkdir(parents=True)
    (config / "config.toml").write_text('actor = "王芳"\n')
    assert actor() == "王芳"
    assert actor(COMPLAINTCTL_ACTOR="李雷") == "李雷"
    assert actor("--actor", "韩梅", COMPLAINTCTL_ACTOR="李雷") == "韩梅"


def test_now_is_the_environments_or_the_clocks(toys):
    exact = {"COMPLAINTCTL_NOW": "2026-11-22T09:05:00+08:00"}
    assert toys("say", "x", "--json", env=exact).data["now"] == 1795309500
    assert toys("say", "x", "--json").data["now"] > 1795309500 - 10**9


def test_text_comes_from_standard_input_and_may_start_with_a_dash(toys):
    assert toys("say", "-", "--json", stdin="-5 dB\r\n太吵\n").data["text"] == "-5 dB\n太吵"
    assert toys("say", "--json", "--", "-5 dB").data["text"] == "-5 dB"
    assert toys("say", "-", "--json", stdin="\ufeff灯".encode()).data["text"] == "灯"


def test_platform_folders_are_those_that_platformdirs_knows(monkeypatch, tmp_path):
    import platformdirs

    from complaintctl.cli import settings

    monkeypatch.setenv("HOME", str(tmp_path))
    for data, config in ((None, None), (str(tmp_path / "d"), str(tmp_path / "c")), ("relative", "")):
        for name, value in (("XDG_DATA_HOME", data), ("XDG_CONFIG_HOME", config)):
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        ours = settings.default_ledger().parent, settings.config_path()
        theirs = platformdirs.user_data_path("complaintctl", appauthor=False)
        assert ours[0] == theirs
        assert ours[1].parent == platformdirs.user_config_path("complaintctl", appauthor=False)


@pytest.mark.skipif(sys.platform != "linux", reason="process memory is read from /proc")
def test_the_ledgers_place_is_only_named_never_made(toys):
    toys("say", "x")
    assert list(toys.home.iterdir()) == []


def test_json_is_spread_out_for_a_person_and_on_one_line_for_a_program(toys):
    assert toys("rows", "3", "--json").out.count("\n") == 1
    assert json.loads(toys.terminal("rows", "1", "--json", env={"NO_COLOR": "1"}).out)["ok"] is True
    assert toys.terminal("rows", "1", "--json").out.count("\n") > 10


def test_without_a_command_the_day_is_shown(shell):
    assert shell().code == 5
    assert shell("--ledger", "x.db").err == shell("--ledger", "x.db", "today").err
    assert shell("--ledger").code == 2 and "--ledger needs a value" in shell("--ledger").err


def test_a_short_option_asks_for_help_too(toys):
    assert toys("rows", "-h").out == toys("rows", "--help").out
    assert toys("-h").code == 0


def test_that_a_language_is_none_is_said_in_the_one_that_stands_otherwise(clerk):
    assert "--lang 不能是" in clerk("09:00", "--lang", "xx", "today", code=2, lang="zh").err
    assert "--lang cannot be" in clerk("09:00", "--lang", "xx", "today", code=2, lang="en").err


def test_what_comes_next_names_the_ledger_it_was_called_with(clerk):
    ledger = str(clerk.ledger)
    taken = clerk("09:00", "--ledger", ledger, "log", "--text", "样例事项", "--unit", "3-1-1").out
    assert f"Next: complaintctl --ledger {ledger} assign 1 DEPARTMENT" in taken
