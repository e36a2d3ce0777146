"""`completion`: a script that lets the shell complete commands, options and the names that the registers know.

Commands, options and codes are plain words in it, written once: completing them costs no run of the program. For the
names of departments, people, areas, buildings and roles the script asks the program for those of the ledger.
"""

from collections.abc import Iterator
from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.registry import COMMANDS, Entry, Group
from complaintctl.language import N_

HELP = N_(
    "Print a script with which the shell completes commands and options, and the names of departments, people, areas "
    "and buildings.\n\n"
    "Print it again after an update of the program, as its words are fixed; the names are asked of the ledger."
)
EXAMPLES = N_(
    "complaintctl completion bash > ~/.local/share/bash-completion/completions/complaintctl\n"
    "complaintctl completion zsh > ~/.complaintctl.zsh   # and in ~/.zshrc: source ~/.complaintctl.zsh\n"
    "complaintctl completion fish > ~/.config/fish/completions/complaintctl.fish"
)

SHELLS = ("bash", "zsh", "fish")
KNOWN = ("departments", "staff", "areas", "buildings", "roles")
_GLOBAL = ("--ledger", "--lang", "--actor", "--version", "--help")

NAMES = {
    "--department": "departments",
    "--area": "areas",
    "--building": "buildings",
    "--role": "roles",
    **dict.fromkeys(("--person", "--superior", "--head", "--assistant", "--by"), "staff"),
}
"""Options that take a name, and of which kind."""

PLACES = {
    "assign *": "departments",
    **dict.fromkeys(("staff change", "staff left", "staff show"), "staff"),
    "staff department": "departments",
    **dict.fromkeys(("place change", "place units"), "buildings"),
}
"""Commands after which a name may stand; a star where something comes before it."""

_BASH = """\
_complaintctl() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} words="{top}" i name= known= one
    local ledger=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${{COMP_WORDS[i]}} in
            --ledger) ledger=(--ledger "${{COMP_WORDS[i+1]}}"); ((i++)) ;;
            --lang|--actor) ((i++)) ;;
            -*) ;;
            *) name="$name${{name:+ }}${{COMP_WORDS[i]}}"
               case $name in
{cases}
               esac ;;
        esac
    done
    case $name in
{places}
    esac
    [[ $current == -* ]] && known=
    case $before in
{options}
    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    if [[ -n $known ]]; then
        while IFS= read -r one; do
            [[ $one == "$current"* ]] && COMPREPLY+=("$one")
        done < <(complaintctl "${{ledger[@]}}" completion bash "$known" 2>/dev/null)
    fi
}}
complete -o default -F _complaintctl complaintctl
"""


def completion(
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish", help=N_("The shell to write for."))],
    known: Annotated[
        str | None,
        typer.Argument(metavar="[KIND]", help=N_("Only the names of the ledger: departments, staff, areas …")),
    ] = None,
) -> None:
    """Print the script, or the names of one kind."""
    common.one_of(shell, "SHELL", SHELLS)
    if known is not None:
        _give_names(shell, common.one_of(known, "KIND", KNOWN) or "")
        return
    words = dict(_words())
    answer.write_lines(_fish(words) if shell == "fish" else _bash(words, shell))


def _give_names(shell: str, known: str) -> None:
    """Print the names of a kind, a line each; for bash and zsh as they are typed there, for fish as they are."""
    from complaintctl.cli.opening import view as open_view
    from complaintctl.reports.known import names

    with open_view() as view:
        found = names(view, known)
    answer.write_lines(found if shell == "fish" else map(_typed, found))


def _typed(name: str) -> str:
    """A name with what a shell would read otherwise held back."""
    return "".join(f"\\{char}" if char in _SPECIAL else char for char in name)


_SPECIAL = frozenset(" \t()[]{}$&;|<>*?!#~\"'`\\")


def _codes() -> dict[str, tuple[str, ...]]:
    """Options that take a code, and the codes."""
    from complaintctl.rules import facts

    return {
        "--category": facts.CATEGORIES,
        "--channel": facts.CHANNELS,
        "--responsibility": facts.RESPONSIBILITIES,
        "--severity": facts.SEVERITIES,
    }


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
    places = "\n".join(f"        {_pattern(name)}) known={known} ;;" for name, known in PLACES.items())
    options = [f"        {option}) words= known={known} ;;" for option, known in NAMES.items()]
    options += [f'        {option}) words="{" ".join(codes)}" known= ;;' for option, codes in _codes().items()]
    script = _BASH.format(top=top, cases=cases, places=places, options="\n".join(options)).rstrip("\n").split("\n")
    return ["autoload -U +X bashcompinit && bashcompinit", *script] if shell == "zsh" else script


def _pattern(name: str) -> str:
    """A pattern of the shell for the words typed so far; `assign *` is assign with anything after it."""
    return f'"{name[:-1]}"*' if name.endswith("*") else f'"{name}"'


def _fish(words: dict[str, list[str]]) -> list[str]:
    lines = ["complete -c complaintctl -f"]
    for word in COMMANDS:
        lines.append(f"complete -c complaintctl -n __fish_use_subcommand -a {word}")
    for option in _GLOBAL:
        lines.append(f"complete -c complaintctl -n __fish_use_subcommand -l {option[2:]}")
    codes = _codes()
    for name, after in words.items():
        seen = _seen(name)
        for word in after:
            kind = f"-l {word[2:]}" if word.startswith("--") else f"-a {word}"
            if word in NAMES:
                kind += f" -x -a '(complaintctl completion fish {NAMES[word]} 2>/dev/null)'"
            elif word in codes:
                kind += f" -x -a '{' '.join(codes[word])}'"
            lines.append(f"complete -c complaintctl -n '{seen}' {kind}")
    for name, known in PLACES.items():
        seen = _seen(name.removesuffix(" *"))
        lines.append(f"complete -c complaintctl -n '{seen}' -a '(complaintctl completion fish {known} 2>/dev/null)'")
    return lines


def _seen(name: str) -> str:
    return " ".join(f"; and __fish_seen_subcommand_from {part}" for part in name.split())[5:]
