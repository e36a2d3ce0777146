"""The guided form in Chinese on a real terminal, narrow and wide: what the clerk sees, corrects and keeps."""

from typing import Any

import pytest


@pytest.mark.parametrize("columns", [80, 120])
def test_the_form_in_chinese(clerk: Any, tmux: Any, columns: int) -> None:
    screen = tmux(columns)
    screen.type("at 09:00 log", "发生了什么？")
    screen.type("楼上半夜装修，吵得睡不着，已经说过三次了还是没有人管", "房号？")
    assert "没有人管" in screen.screen()
    shown = screen.type("？", "房号？")
    assert "匿名" in shown and "3-2-501" in shown
    screen.type("3-1-501", "投诉人姓名？")
    screen.type("<", "房号？ [3-1-501]")
    screen.type("3-1-502", "投诉人姓名？")
    # What was typed wrong is taken back key by key, wide characters too.
    for key in ("张", "三", "BSpace", "BSpace", "李", "四"):
        screen.press(key, "投诉人姓名？")
    screen.press("Enter", "联系电话？")
    screen.type("15400000001", "受理渠道？")
    screen.type("电话", "发生在哪里？")
    shown = screen.type("。", "保存吗？")
    assert all(len(line.encode("gb18030")) <= columns for line in shown.split("\n") if "  期限" in line), shown
    assert "责任" in shown and "期限 2026-11-20" in shown and "show 0" not in shown
    assert "noise（噪音扰民）" in screen.type("类别 噪音", "保存吗？")
    shown = screen.type("责任 其他住户", "保存吗？")
    assert "无效" in shown and "C 4.1.3" in shown
    assert clerk("09:01", "list", "--json").data["items"] == []
    shown = screen.press("Enter")
    assert "TS202611-0001（1）" in shown and "下一步：complaintctl resolve 1 " in shown
    data = clerk("09:01", "show", "1", "--reveal", "核对", "--json").data
    assert data["text"] == "楼上半夜装修，吵得睡不着，已经说过三次了还是没有人管"
    assert (data["name"], data["unit"], data["facts"]["channel"]) == ("李四", "3-1-502", "phone")
    assert data["facts"]["responsibility"] == "resident"


def test_ctrl_c_at_a_real_terminal_gives_the_shell_back(clerk: Any, tmux: Any) -> None:
    before = clerk.digest()
    screen = tmux(80)
    screen.type("at 09:00 log", "发生了什么？")
    screen.type("灯坏了", "房号？")
    shown = screen.press("C-c")
    assert "已中断" in shown or "中断" in shown
    assert "Traceback" not in shown
    assert "130" in screen.type("echo $?")
    assert clerk.digest() == before
