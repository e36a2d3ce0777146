"""Completion: the script that is printed really completes."""

import shutil
import subprocess

import pytest


def completed(script: str, typed: str) -> set[str]:
    """What bash offers when the last word of `typed` is completed."""
    words = typed.split(" ")
    ask = (
        f"{script}\nCOMP_WORDS=({' '.join(repr(word) for word in words)})\nCOMP_CWORD={len(words) - 1}\n"
        'COMPREPLY=()\n_complaintctl\nprintf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, timeout=30, check=True)
    return set(done.stdout.split())


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_bash_completes_commands_options_and_groups(shell):
    script = shell("completion", "bash").out
    assert {"resolve", "reopen", "record", "revisit"} <= completed(script, "complaintctl re")
    assert completed(script, "complaintctl --la") == {"--lang"}
    assert "--outcome" in completed(script, "complaintctl resolve 7 --out")
    assert "--outcome" in completed(script, "complaintctl --lang zh resolve 7 done --out")
    assert completed(script, "complaintctl calendar upd") == {"update"}
    assert completed(script, "complaintctl assign 7 --reso") == set()


@pytest.mark.parametrize("name", ["zsh", "fish"])
def test_other_shells_accept_the_script(shell, name):
    script = shell("completion", name).out
    assert "resolve" in script and "outcome" in script
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed")
    subprocess.run([name, "-n"], input=script, text=True, check=True, timeout=30)


def test_an_unknown_shell_is_refused(shell):
    ran = shell("completion", "tcsh")
    assert ran.code == 2 and "bash, zsh, fish" in ran.err
