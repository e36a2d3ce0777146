"""`log` without options on a terminal: a few questions, the judgement before it is kept, and nothing before that."""

import json
import os
import pty
import subprocess
import sys
import time
from typing import Any

import pytest

from complaintctl.rules.facts import CHANNELS

QUESTIONS = 8


class Dialogue:
    """The program on a terminal, one question and one answer at a time; standard output may go elsewhere."""

    def __init__(self, clerk: Any, *words: str, out: Any = None, **settings: str) -> None:
        self.ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [*clerk.shell.program, *words],
            env=clerk.shell.environment({**clerk.env("09:00", **settings), "TERM": "dumb"}),
            stdin=theirs,
            stdout=theirs if out is None else out,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = ""

    def hear(self, text: str) -> str:
        """Read until a text appears; return what came up to it."""
        until = time.monotonic() + 20
        while text not in self.seen and time.monotonic() < until:
            self.seen += self._read()
        heard, found, self.seen = self.seen.partition(text)
        assert found, heard
        return heard

    def say(self, line: str) -> None:
        os.write(self.ours, f"{line}\n".encode())

    def end(self) -> tuple[int, str]:
        """Read to the end; return the exit code and the rest."""
        while block := self._read():
            self.seen += block
        os.close(self.ours)
        return self.process.wait(20), self.seen

    def _read(self) -> str:
        try:
            return os.read(self.ours, 65536).decode("utf-8", "replace").replace("\r\n", "\n")
        except OSError:
            return ""


def form(clerk: Any, *lines: str, lang: str = "en", words: tuple[str, ...] = ()) -> Any:
    """Type all answers at once; the terminal's screen comes back."""
    keys = "".join(f"{line}\n" for line in lines)
    ran = clerk.shell.terminal("log", *words, keys=keys, env={**clerk.env("09:00", lang=lang), "TERM": "dumb"})
    # A terminal that cannot move its cursor is shown the half of a wide character that still fits.
    return ran._replace(raw=ran.raw.decode("utf-8", "replace").encode())


def kept(clerk: Any, name: str = "1") -> Any:
    return clerk("09:01", "show", name, "--reveal", "核对", "--json").data


# ---- the shortest ways


def test_a_clerk_is_done_with_three_lines(clerk: Any) -> None:
    ran = form(clerk, "楼道灯坏了", ".", "")
    assert ran.code == 0
    data = kept(clerk)
    assert (data["text"], data["nameless"], data["facts"]["channel"]) == ("楼道灯坏了", True, "desk")
    assert "Next: complaintctl assign 1 DEPARTMENT" in ran.out


def test_every_question_but_the_first_can_be_skipped(clerk: Any) -> None:
    ran = form(clerk, "", "灯坏了", *[""] * (QUESTIONS - 1), "")
    assert ran.code == 0 and "Say in a few words what happened" in ran.out
    assert kept(clerk)["text"] == "灯坏了"


def test_all_answers_are_taken(clerk: Any) -> None:
    answers = ("保安骂人", "3-1-502", "张三", "15400000001", "phone", "大门", "道歉", "11-27 18:00")
    ran = form(clerk, *answers, "")
    assert ran.code == 0 and ran.out.count("read as 2026-11-27 18:00") == 1
    data = kept(clerk)
    assert (data["text"], data["unit"], data["name"], data["phone"]) == answers[:4]
    facts = data["facts"]
    assert (facts["channel"], facts["place"], facts["demand"]) == ("phone", "大门", "道歉")
    assert facts["requested_by"] == "2026-11-27T18:00:00+08:00"


# ---- help, back, mistakes


def test_each_question_explains_itself(clerk: Any) -> None:
    lines = [line for _ in range(QUESTIONS) for line in ("?", "")]
    lines[:2] = ["?", "灯坏了"]
    out = form(clerk, *lines, "").out
    for said in ("In the resident's words", "nameless", "It is private", "takes the place of the two days"):
        assert said in out
    assert all(channel in out for channel in CHANNELS)
    # The second time the first one is a like complaint, so that one question more is asked.
    zh = form(clerk, *lines, "", "", lang="zh").out
    assert "电话 phone" in zh and "微信 wechat" in zh


def test_back_to_the_question_before_with_its_answer_standing(clerk: Any) -> None:
    out = form(clerk, "<", "灯坏了", "3-1-501", "<", "3-1-502", "张三", "<", "", ".", "").out
    assert "Which home? [3-1-501]" in out and "Who complains? [张三]" in out
    data = kept(clerk)
    assert (data["unit"], data["name"]) == ("3-1-502", "张三")


def test_what_cannot_be_read_is_said_and_asked_again(clerk: Any) -> None:
    out = form(clerk, "灯坏了", "", "", "", "fax", "letter", "", "", "tomorrow", "11-19 09:00", "11-27 18:00", "").out
    assert "channel cannot be “fax”" in out and out.count("How did it come in?") == 2
    assert "Cannot read “tomorrow” as a moment" in out
    assert out.count("By when does the resident want it solved?") == 3
    assert kept(clerk)["facts"]["channel"] == "letter"


def test_words_of_the_language_and_of_a_chinese_keyboard_are_understood(clerk: Any) -> None:
    lines = (
        "？",
        "楼上半夜装修",
        "3-1-501",
        "",
        "《",
        "",
        "15400000001",
        "电话",
        "。",
        "责任：其他住户",
        "类别 噪音扰民",
    )
    ran = form(clerk, *lines, "户数=3", "好", lang="zh")
    assert ran.code == 0, ran.out
    data = kept(clerk)
    facts = data["facts"]
    assert (facts["channel"], facts["responsibility"], facts["category"]) == ("phone", "resident", "noise")
    assert (facts["households"], data["phone"]) == (3, "15400000001")


# ---- the judgement before it is kept


def test_the_judgement_is_shown_before_anything_is_kept(clerk: Any) -> None:
    before = clerk.digest()
    talk = Dialogue(clerk, "log")
    talk.hear("What happened?")
    talk.say("保安骂人,态度恶劣")
    talk.hear("Which home?")
    talk.say(".")
    shown = talk.hear("Keep it?")
    assert "read from the text — category: service" in shown
    assert "severity: important" in shown and "R 四.3(2)" in shown
    assert "by 2026-11-20 09:10" in shown and "complaintctl show 0" not in shown
    assert clerk.digest() == before
    talk.say("fault no")
    shown = talk.hear("Keep it?")
    assert "severity: minor" in shown and "fault" not in shown.partition("severity")[0].partition("read from")[2]
    assert clerk.digest() == before
    talk.say("fault maybe")
    assert "yes or no" in talk.hear("Keep it?")
    talk.say("mood bad")
    shown = talk.hear("Keep it?")
    assert "names no fact" in shown and "severity" not in shown
    talk.say("?")
    shown = talk.hear("Keep it?")
    assert "home (unit)" in shown and "injury" in shown
    talk.say("unit 3-1-909")
    talk.hear("Keep it?")
    talk.say("<")
    talk.hear("What happened? [保安骂人,态度恶劣]")
    talk.say("")
    talk.hear("Which home? [3-1-909]")
    talk.say(".")
    talk.hear("Keep it?")
    assert clerk.digest() == before
    talk.say("y")
    code, rest = talk.end()
    assert code == 0 and "TS202611-0001 (1)" in rest
    data = kept(clerk)
    assert (data["facts"]["fault"], data["unit"], data["judgement"]["severity"]) == (False, "3-1-909", "minor")
    assert "fault" not in data["proposed"] and "category" in data["proposed"]


@pytest.mark.parametrize("leave", ["no", "n", "不"])
def test_leaving_at_the_last_question_keeps_nothing(clerk: Any, leave: str) -> None:
    before = clerk.digest()
    ran = form(clerk, "灯坏了", ".", leave)
    assert ran.code == 130 and "Interrupted" in ran.out and "Traceback" not in ran.out
    assert clerk.digest() == before


@pytest.mark.parametrize("answered", [0, 1, 2])
def test_the_end_of_input_leaves_at_any_question(clerk: Any, answered: int) -> None:
    before = clerk.digest()
    talk = Dialogue(clerk, "log")
    for question, answer in (("What happened?", "灯坏了"), ("Which home?", "."))[:answered]:
        talk.hear(question)
        talk.say(answer)
    talk.hear(("What happened?", "Which home?", "Keep it?")[answered])
    time.sleep(0.2)
    os.write(talk.ours, b"\x04")
    code, rest = talk.end()
    assert code == 130 and "Interrupted" in rest and "Traceback" not in rest
    assert clerk.digest() == before


def test_solved_on_the_spot_by_a_correction(clerk: Any) -> None:
    assert form(clerk, "水龙头滴水", "3-1-501", ".", "on_the_spot yes", "").code == 0
    data = kept(clerk)
    assert (data["stage"], data["facts"]["on_the_spot"]) == ("resolved", True)


# ---- only where somebody is there to answer


def test_with_any_option_nothing_is_asked(clerk: Any) -> None:
    ran = clerk.shell.terminal("log", "--text", "灯坏了", env=clerk.env("09:00"))
    assert ran.code == 0 and "What happened?" not in ran.out
    ran = clerk.shell.terminal("log", "--unit", "3-1-501", env=clerk.env("09:00"))
    assert ran.code == 2 and "--text is missing" in ran.out and "no terminal" not in ran.out


def test_standard_output_holds_nothing_but_the_answer(clerk: Any) -> None:
    """The questions and the preview go beside it, so that `complaintctl log --json > file` works at a terminal."""
    file = clerk.shell.home / "answer.json"
    with file.open("wb") as out:
        talk = Dialogue(clerk, "log", "--json", out=out)
        for question, answer in (("What happened?", "灯坏了"), ("Which home?", "."), ("Keep it?", "")):
            talk.hear(question)
            talk.say(answer)
        code, _ = talk.end()
    assert code == 0
    assert json.loads(file.read_bytes())["data"]["text"] == "灯坏了"


def test_a_resident_who_says_commands_moves_no_cursor(clerk: Any) -> None:
    """Typed through a program, an escape sequence can come in; it is shown as what it is."""
    ran = form(clerk, "灯\x16\x1b[2J坏了", ".", "")
    assert ran.code == 0
    assert "\x1b[2J" not in kept(clerk)["text"] or "\\u{1b}[2J" in clerk("09:01", "show", "1").out


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of Unix")
def test_the_whole_form_takes_no_more_lines_than_questions(clerk: Any) -> None:
    """Eight questions and one yes: what a clerk types in under a minute."""
    ran = form(clerk, "灯坏了", *[""] * (QUESTIONS - 1), "")
    assert ran.code == 0
    asked = [line for line in ran.out.splitlines() if "?" in line and "—" not in line]
    assert sum(line.count("? ") or line.endswith("?") for line in asked) <= QUESTIONS + 3
