"""How long the import of a register takes, and how much memory: `python benchmarks/import_register.py`.

Registers of growing length are made up and taken over into a new ledger each: `short` ones tell the day, who, what and
when it was solved, a line of text; `full` ones all of the course with its times, two sentences of text. Seconds by the
clock, seconds of work by all processes together, and the most memory that any of them held.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

SHORT = ("序号", "投诉日期", "房号", "姓名", "电话", "投诉内容", "处理结果", "完成日期")
FULL = (
    *("序号", "投诉时间", "房号", "业主姓名", "联系电话", "投诉类别", "投诉内容", "责任部门", "派单时间", "处理人"),
    *("处理结果", "完成时间", "回访时间", "回访情况", "满意度", "备注"),
)
LINES = ("楼道灯不亮", "电梯按钮失灵", "垃圾两天没清", "楼上半夜拖桌子", "物业费多收一个月", "外墙渗水", "消防通道被堵")
SENTENCES = (
    "昨晚十点多二单元的电梯停在五楼，打了三次电话才有人来。",
    "楼下的店半夜两点还在营业，油烟飘进家里，说过几次也没人管。",
    "停车场出口的道闸坏了三天，进出都要排队，没有人给个准信。",
    "卫生间天花板漏水，楼上说是公共管道的问题，请上门看一下。",
    "小区绿化带的树枝挡住了三楼的窗户，去年就说过要修剪。",
)
#: Runs a command and says what it used, before the end of what it said.
USED = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss]), done.stdout.decode()[-400:], sep="\\n")
"""
BEGIN = datetime(2016, 1, 4)
MINUTES = 5_200_000


def rows(shape: str, count: int) -> Iterator[list[Any]]:
    """Yield the rows of an invented register, in the order of their days, the same ones each time."""
    dice = random.Random(5)
    for n in range(1, count + 1):
        at = BEGIN + timedelta(minutes=n * MINUTES // count)
        home = f"{dice.randint(1, 40)}-{dice.randint(1, 4)}-{dice.randint(1, 30) * 100 + dice.randint(1, 8)}"
        who = [home, f"样例住户{n % 900}", f"1540000{n % 10_000:04d}"]
        if shape == "short":
            day = f"{at:%Y/%m/%d}"
            yield [n, day, *who, f"{1 + n % 20}号楼{dice.choice(LINES)}", "已处理", day]
            continue
        done = at + timedelta(hours=dice.randint(1, 80))
        asked = done + timedelta(hours=dice.randint(1, 48))
        text = "".join(dice.sample(SENTENCES, 2)) + f"（来电{n}）"
        times = [f"{one:%Y-%m-%d %H:%M}" for one in (at, at + timedelta(minutes=20), done, asked)]
        yield [
            *(n, times[0], *who, dice.choice(("设施维修", "环境卫生", "秩序维护")), text),
            *(dice.choice(("工程部", "客服部")), times[1], f"样例师傅{n % 30}", "已到现场处理，测试正常。", times[2]),
            *(times[3], "电话回访，已处理好。", dice.choice(("满意", "满意", "不满意")), ""),
        ]


def write(path: Path, shape: str, count: int) -> None:
    """Write a register as CSV, or as a workbook if its name says so."""
    head = SHORT if shape == "short" else FULL
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([head])
            csv.writer(file).writerows(rows(shape, count))
        return
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("登记表")
    sheet.append(list(head))
    for row in rows(shape, count):
        sheet.append(row)
    book.save(path)


def measure(program: str, folder: Path, shape: str, suffix: str, count: int) -> str:
    """Import one register; its line of the table."""
    register, ledger = folder / f"register{suffix}", folder / "site.db"
    write(register, shape, count)
    ledger.unlink(missing_ok=True)
    env = {**os.environ, "COMPLAINTCTL_LANG": "en", "LC_ALL": "C.UTF-8"}
    start = [program, "--ledger", str(ledger)]
    subprocess.run([*start, "init", "--json"], env=env, check=True, capture_output=True)
    code = "import json, resource, subprocess, sys; done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE)"
    code += "; used = resource.getrusage(resource.RUSAGE_CHILDREN)"
    code += (
        "; print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss]), done.stdout.decode()[-400:], sep='\\n')"
    )
    # Rows that may be doubles are among the invented ones as they are in real registers.
    words = [*start, "import", str(register), "--partial", "--corrections", str(folder / f"rest{time.time_ns()}.csv")]
    began = time.monotonic()
    ran = subprocess.run([sys.executable, "-c", USED, *words], env=env, capture_output=True, text=True, check=True)
    seconds = time.monotonic() - began
    work, memory = json.loads(ran.stdout.partition("\n")[0])
    if "taken over" not in ran.stdout:
        raise SystemExit(ran.stdout + ran.stderr)
    size = ledger.stat().st_size / 2**20
    told = f"{seconds:>8.1f} s {work:>8.1f} s {memory / 1024:>8.0f} MiB {size:>8.0f} MiB"
    return f"{shape:<6} {suffix[1:]:<5} {count:>7} {told}"


def main() -> None:
    """Measure every shape, form and length that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--program", default=str(Path(sys.executable).with_name("complaintctl")))
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 50_000, 100_000])
    parser.add_argument("--shapes", nargs="+", choices=("short", "full"), default=["short", "full"])
    parser.add_argument("--forms", nargs="+", choices=("csv", "xlsx"), default=["csv", "xlsx"])
    options = parser.parse_args()
    print(f"{'shape':<6} {'form':<5} {'rows':>7} {'clock':>10} {'work':>10} {'memory':>12} {'ledger':>12}", flush=True)
    for shape in options.shapes:
        for form in options.forms:
            for count in options.rows:
                with tempfile.TemporaryDirectory() as folder:
                    print(measure(options.program, Path(folder), shape, f".{form}", count), flush=True)


if __name__ == "__main__":
    main()
