"""The headings under which offices keep their lists of people and places, in English or Chinese."""

from __future__ import annotations

STAFF: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "名字", "员工姓名"),
    "role": ("岗位", "角色", "职务", "职位"),
    "department": ("部门", "所属部门"),
    "area": ("片区", "区域", "负责片区"),
    "superior": ("上级", "直接上级", "直属上级"),
    "phone": ("电话", "联系电话", "手机", "手机号"),
    "since": ("到岗日期", "入职日期", "到岗", "入职"),
}

PLACES: dict[str, tuple[str, ...]] = {
    "building": ("楼栋", "楼号", "楼栋号", "栋号", "幢号"),
    "name": ("名称", "楼名", "楼栋名称"),
    "area": ("片区", "区域", "所属片区"),
    "assistant": ("片区助理", "助理", "楼栋管家", "管家", "客服助理"),
    "households": ("户数", "总户数", "住户数"),
    "unit": ("房号", "房屋", "单元房号", "户号"),
}
