"""`completion`: a script that lets the shell complete commands and options.

The script is plain words, written once from the registry: completing costs no run of the program.
"""

from collections.abc import Iterator
from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.registry import COMMANDS, Entry, Group
from complaintctl.language import N_

HELP = N_(
    "Print a script with which the shell completes commands and options.\n\n"
    "Print it again after an update of the program, as its words are fixed."
)
EXAMPLES = N_(
    "complaintctl completion bash > ~/.local/share/bash-completion/completions/complaintctl\n"
    "complaintctl completion zsh > ~/.complaintctl.zsh   # and in ~/.zshrc: source ~/.complaintctl.zsh\n"
    "complaintctl completion fish > ~/.config/fish/completions/complaintctl.fish"
)

SHELLS = ("bash", "zsh", "fish")
_GLOBAL = ("--ledger", "--lang", "--actor", "--version", "--help")

_BASH = """\
_complaintctl() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} words="{top}" i name=
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${{COMP_WORDS[i]}} in
            --ledger|--lang|--actor) ((i++)) ;;
            -*) ;;
            *) name="$name${{name:+ }}${{COMP_WORDS[i]}}"
               case $name in
{cases}
               esac ;;
        esac
    done
    COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _complaintctl complaintctl
"""


def completion(
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish", help=N_("The shell to write for."))],
) -> None:
    """Print the script."""
    common.one_of(shell, "SHELL", SHELLS)
    words = dict(_words())
    answer.write_lines(_fish(words) if shell == "fish" else _bash(words, shell))


def _words() -> Iterator[tuple[str, list[str]]]:
    """The words that may follow each command: its options, or a group's commands."""
    for name, entry in COMMANDS.items():
        if isinstance(entry, Group):
            yield name, [*entry.commands, "--help"]
            for below, one in entry.commands.items():
                yield f"{name} {below}", _options(below, one)
        else:
            yield name, _options(name, entry)


def _options(name: str, entry: Entry) -> list[str]:
    from complaintctl.cli.app import build

    named = [word for param in build(name, entry).params for word in (*param.opts, *param.secondary_opts)]
    return [*(word for word in named if word.startswith("--")), "--help"]


def _bash(words: dict[str, list[str]], shell: str) -> list[str]:
    top = " ".join([*COMMANDS, *_GLOBAL])
    cases = "\n".join(f'                   "{name}") words="{" ".join(after)}" ;;' for name, after in words.items())
    script = _BASH.format(top=top, cases=cases).rstrip("\n").split("\n")
    return ["autoload -U +X bashcompinit && bashcompinit", *script] if shell == "zsh" else script


def _fish(words: dict[str, list[str]]) -> list[str]:
    lines = ["complete -c complaintctl -f"]
    for word in COMMANDS:
        lines.append(f"complete -c complaintctl -n __fish_use_subcommand -a {word}")
    for option in _GLOBAL:
        lines.append(f"complete -c complaintctl -n __fish_use_subcommand -l {option[2:]}")
    for name, after in words.items():
        seen = " ".join(f"; and __fish_seen_subcommand_from {part}" for part in name.split())[5:]
        for word in after:
            kind = f"-l {word[2:]}" if word.startswith("--") else f"-a {word}"
            lines.append(f"complete -c complaintctl -n '{seen}' {kind}")
    return lines
