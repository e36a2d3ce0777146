"""What goes wrong at the terminal: exit codes, one sentence and a hint, in text and JSON, never a traceback."""

import os
import resource
import signal
import subprocess
import time

import pytest

WRONG = [
    (["nope"], 2, "usage"),
    (["rowz", "3"], 2, "usage"),
    ([], 2, "missing-option"),
    (["rows"], 2, "missing-option"),
    (["rows", "3", "--nope"], 2, "usage"),
    (["rows", "3", "--count", "x"], 2, "bad-value"),
    (["rows", "--count", "3", "3", "--raw=1"], 2, "usage"),
    (["rows", "3", "4"], 2, "usage"),
    (["rows", "1_000"], 2, "bad-value"),
    (["rows", "-1"], 2, "usage"),
    (["rows", "3", "--format", "xml"], 2, "bad-value"),
    (["rows", "3", "--json=5"], 2, "usage"),
    (["--lang", "fr", "rows", "3"], 2, "bad-value"),
    (["--actor", "a\tb", "say", "x"], 2, "bad-value"),
    (["rows", "3", "--lang", "zh"], 2, "usage"),
    (["--format", "plain", "rows", "3"], 2, "usage"),
    (["say", ""], 2, "empty-text"),
    (["say", " \n "], 2, "empty-text"),
    (["say", "x" * 20_001], 2, "text-too-long"),
    (["say", b"\xff\xfe"], 2, "bad-text"),
    (["say", "x", "--at", "10"], 2, "bad-moment"),
    (["say", "x", "--at", "2199-01-01 10:00"], 2, "future-moment"),
    (["fail", "missing"], 3, "not-found"),
    (["fail", "rule"], 4, "refused"),
    (["fail", "found"], 6, "findings"),
    (["fail", "ask"], 2, "missing-option"),
    (["fail", "memory"], 1, "out-of-memory"),
    (["fail", "fault"], 1, "fault"),
]


@pytest.mark.parametrize(("words", "code", "kind"), WRONG, ids=lambda value: repr(value)[:40])
def test_failures_have_one_sentence_and_the_same_code_in_json(toys, words, code, kind):
    ran = toys(*words)
    assert ran.code == code
    assert ran.out == "" and "Traceback" not in ran.err
    lines = ran.err.splitlines()
    assert lines[0].startswith("complaintctl: ") and 1 <= len(lines) <= 2

    if "--json" not in words:
        words = [*words, "--json"]
    told = toys(*words)
    assert told.code == code and told.err == ""
    document = told.json
    assert document["version"] == 1 and document["ok"] is False
    assert set(document["error"]) >= {"code", "message", "hint"}
    if words[0] not in ("nope", "rowz", "--format", "--json"):
        assert document["error"]["code"] == kind
    if words[0] in ("rows", "say", "fail"):
        assert document["command"] == words[0]


@pytest.mark.parametrize("words", [words for words, _code, _kind in WRONG if words[:1] != ["--lang"]], ids=repr)
def test_failures_speak_chinese(toys, words):
    ran = toys("--lang", "zh", *words)
    sentence = ran.err.partition("complaintctl: ")[2]
    assert any("\u4e00" <= char <= "\u9fff" for char in sentence.splitlines()[0]), ran.err
    assert not {"There is", "cannot", "is missing", "Expected"} & set(sentence.split("“"))


def test_an_option_without_its_value_is_told(toys):
    ran = toys("rows", "3", "--count")
    assert ran.code == 2 and "--count needs a value after it." in ran.err


def test_two_formats_at_once_are_refused_in_json(toys):
    ran = toys("rows", "3", "--json", "--format", "csv")
    assert ran.code == 2 and ran.json["error"]["code"] == "bad-value"


def test_a_refusal_names_rule_and_clause(toys):
    error = toys("fail", "rule", "--json").json["error"]
    assert error["rule"] == "refused" and error["clause"] == "R 四.5"
    assert "complaintctl why 7" in error["hint"]


def test_what_a_check_found_stands_in_its_failure(toys):
    assert toys("fail", "found", "--json").json["data"] == {"findings": ["a", "b"]}


def test_a_misspelt_command_or_option_gets_the_near_ones(toys):
    assert "Did you mean rows?" in toys("rwos").err
    assert "Did you mean --exit-code?" in toys("rows", "3", "--exitcode").err
    assert "--lang stands before the command" in toys("rows", "3", "--lang", "zh").err
    assert "--json stands after the command" in toys("--json", "rows", "3").json["error"]["hint"]


def test_a_fault_tells_the_place_and_no_value(toys):
    ran = toys("fail", "fault")
    assert "KeyError" in ran.err and "Zhang" not in ran.err and "138" not in ran.err
    assert "Traceback" in toys("fail", "fault", env={"COMPLAINTCTL_DEBUG": "1"}).err


def test_typed_escapes_never_reach_the_terminal(toys):
    ran = toys("fail", "missing")
    assert "\x1b" not in ran.err and "99\\u{1b}[2J" in ran.err
    ran = toys("rows", "\x1b]8;;x\x07")
    assert "\x1b" not in ran.err and "\x07" not in ran.err
    ran = toys("\x1b[2J")
    assert "\x1b" not in ran.err
    ran = toys("rows", "--\x1b[2J")
    assert "\x1b" not in ran.err


def test_a_failure_after_the_answer_does_not_print_a_second_document(toys):
    ran = toys("fail", "late", "--json")
    assert ran.code == 3 and ran.out.count("\n") == 1 and ran.json["ok"] is True
    assert ran.err.startswith("complaintctl: ")


@pytest.mark.parametrize(
    "text", ["2026-11-22", "now", "1795309500", "2026-11-22T09:05", "2026-13-01T00:00Z", "x+08:00"]
)
def test_now_in_the_environment_must_be_exact(toys, text):
    ran = toys("say", "x", env={"COMPLAINTCTL_NOW": text})
    assert ran.code == 2 and "COMPLAINTCTL_NOW" in ran.err


@pytest.mark.parametrize("content", [b"lang = \n", b'colour = "red"\n', b"lang = 5\n", b"\xff\xfe"])
def test_a_wrong_configuration_file_is_named(toys, content):
    config = toys.home / ".config" / "complaintctl"
    config.mkdir(parents=True)
    (config / "config.toml").write_bytes(content)
    ran = toys("say", "x")
    assert ran.code == 2 and "config.toml" in ran.err


def test_standard_input_of_a_megabyte_or_of_bytes_is_refused(toys):
    assert toys("say", "-", "--json", stdin="x" * 1_000_000).json["error"]["code"] == "text-too-long"
    assert toys("say", "-", "--json", stdin=b"a\x00b").json["error"]["code"] == "bad-text"
    assert toys("say", "-", "--json", stdin=b"\xff\xfea").json["error"]["code"] == "bad-text"
    assert toys("say", "-", "--json", stdin=b"").json["error"]["code"] == "empty-text"


def test_the_longest_text_is_taken(toys):
    assert len(toys("say", "-", "--json", stdin="灯" * 20_000).data["text"]) == 20_000


def test_closed_streams_and_early_readers_are_no_fault(toys):
    head = subprocess.run(
        ["bash", "-c", '"$@" | head -1', "_", *toys.program, "rows", "20000"],
        env=toys.environment(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert head.stderr == b"" and head.stdout.startswith(b"No.")
    for closed in (">&-", "2>&-", "<&-", "<&- >&- 2>&-"):
        done = subprocess.run(
            ["bash", "-c", f'"$@" {closed}', "_", *toys.program, "say", "x"],
            env=toys.environment(),
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0 and b"Traceback" not in done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")  # noqa: PTH110
@pytest.mark.parametrize(
    "words", [["rows", "3"], ["rows", "9000"], ["rows", "3", "--json"], ["rows", "3", "--format", "csv"]]
)
def test_a_full_disk_at_standard_output_is_told(toys, words):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [*toys.program, *words],
            env=toys.environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert b"could not be written" in done.stderr and b"Traceback" not in done.stderr


@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_an_interruption_is_130_and_quiet(toys, flags):
    process = subprocess.Popen(
        [*toys.program, "fail", "sleep", *flags],
        env=toys.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
    )
    assert process.stderr is not None and process.stderr.readline() == b"ready\n"
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert (b'"code":"interrupted"' in out) is bool(flags)


def test_an_interruption_at_any_instant_shows_no_traceback_of_ours(shell):
    for milliseconds in range(10, 90, 8):
        process = subprocess.Popen(
            [*shell.program, "--help"], env=shell.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        time.sleep(milliseconds / 1000)
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=30)
        # Before the program has begun the interpreter itself is interrupted, and says so in its own way.
        assert b"complaintctl/cli/boundary" not in err and b"complaintctl/cli/app" not in err, err
        if b"Traceback" not in err:
            assert process.returncode in (0, 130, -signal.SIGINT), err


@pytest.mark.parametrize(
    ("locale", "encoding"),
    [
        ("C", ""),
        ("POSIX", "ascii"),
        ("zh_CN.GB18030", "gb18030"),
        ("en_US.ISO-8859-1", "latin-1"),
        ("nonsense", ""),
    ],
)
def test_terminals_that_lack_characters_never_crash_the_program(toys, locale, encoding):
    env = {"LC_ALL": locale, "PYTHONIOENCODING": encoding or None, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for words in (["rows", "10"], ["say", "灯 𠮷"], ["rows", "10", "--format", "table"], ["--lang", "zh", "--help"]):
        ran = toys(*words, env=env)
        assert ran.code in (0, 2), (words, ran.err)
        assert b"Traceback" not in ran.raw_err and b"fault" not in ran.raw_err
    ran = toys("rows", "10", "--json", env=env)
    assert ran.json["data"]["items"][7]["text"].startswith("𠮷")
    assert toys("rows", "10", "--format", "csv", env=env).raw.decode("utf-8-sig").count("\r\n") >= 11


def test_the_program_needs_no_home(toys):
    env = {"HOME": None, "USER": None, "LOGNAME": None}
    assert toys("say", "x", env=env).code == 0
    assert toys("say", "x", env={"HOME": "/nonexistent"}).code == 0


def test_little_memory_is_told_in_a_sentence(toys):
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (120 * 2**20, 120 * 2**20))

    ran = toys("rows", "900000", "--json", preexec_fn=limit)
    assert ran.code == 1 and ran.json["error"]["code"] == "out-of-memory"


@pytest.mark.parametrize("after", ["--json", "--format=json", "--"])
def test_an_option_does_not_take_the_next_one_for_its_value(clerk, after):
    name = clerk.take("09:00")
    for words in (("show", name, "--reveal", after), ("forget", name, "--reason", after)):
        before = clerk.digest()
        ran = clerk("09:05", *words, code=2)
        assert f"{words[2]} needs a value after it." in ran.out + ran.err
        assert clerk.digest() == before
    assert clerk("09:06", "show", name, "--reveal=--json").code == 0
