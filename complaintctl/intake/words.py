"""What a cell of a complaint register says: its text made plain, telephone numbers, and codes for usual words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
#: What stands in a cell when there is nothing to say.
_PLACEHOLDER = re.compile(
    r"[\s\-—–―_=/\\|.…。,，、·*×~～?？!！()（）<>《》\u200c\u200d]*"
    r"|无|没有|暂无|空|空白|略|无内容|不详|未填写?|未知|none|nil|null|n/?a|#n/a|#ref!|#value!|#name\?|#div/0!|nan",
    re.IGNORECASE,
)
_DITTO = re.compile(r"同上|同前|同左|[〃″“”\"']{1,2}|ditto|do\.|-?''-?", re.IGNORECASE)


def tidy(cell: str) -> tuple[str, bool]:
    """Return a cell without what cannot be seen, in one form of each character; and whether any of that stood there."""
    # Most cells are printable as they are; others hold a line end, a wide blank or what nobody can see.
    if cell.isprintable() and unicodedata.is_normalized("NFC", cell):
        return cell.strip(), False
    plain = cell.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    kept = _CONTROL.sub("", _INVISIBLE.sub("", plain))
    odd = kept != plain
    kept = unicodedata.normalize("NFC", kept.replace("\u3000", " ").replace("\u00a0", " "))
    return re.sub(r"[ \t]+\n", "\n", kept).strip(), odd


def is_placeholder(text: str) -> bool:
    """Say whether a text says nothing: empty, strokes, 无, none."""
    return bool(_PLACEHOLDER.fullmatch(text))


def is_ditto(text: str) -> bool:
    """Say whether a text says that the cell above holds here as well."""
    return bool(_DITTO.fullmatch(text))


_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?e\+?\d{1,3}", re.IGNORECASE)


def phone(text: str) -> tuple[str, bool]:
    """Return telephone numbers without their blanks, several side by side; and whether a spreadsheet damaged one.

    A damaged one (1.54E+10, ####) is kept as typed: its digits are lost.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if _SCIENTIFIC.fullmatch(plain) or set(plain) == {"#"}:
        return text.strip(), True
    if re.fullmatch(r"\d+\.0+", plain):
        plain = plain.partition(".")[0]
    parts = [part for part in re.split(r"[/、,;；，\n|]|\s*(?:或|和|及)\s*", plain) if part.strip()]
    found: list[str] = []
    for part in parts:
        found += _numbers(part.strip())
    return " / ".join(dict.fromkeys(found)) or text.strip(), any(_SCIENTIFIC.search(one) for one in found)


def _numbers(part: str) -> list[str]:
    """Return the numbers of a part: one written with blanks, or two beside each other."""
    mobiles = re.fullmatch(r"\+?(?:86[- ]?)?(1\d{10})\s+(?:\+?86[- ]?)?(1\d{10})", part)
    if mobiles:
        return [mobiles[1], mobiles[2]]
    mobile = re.sub(r"[\s\-]", "", part)
    if re.fullmatch(r"(?:\+?86)?1\d{10}", mobile):
        return [mobile[-11:]]
    return [re.sub(r"(?<=\d)\s+(?=\d)", "", part)]


# ---- words for codes: the first that stands in the cell holds

_CATEGORY: Sequence[tuple[str, str]] = (
    ("building", "房屋|质量|渗漏|漏水|开裂|建筑|交付|保修|building quality|defect"),
    ("facility", "设施|设备|维修|工程|电梯|水电|公共部位|照明|报修|facilit|repair|maintenance|lift|elevator"),
    ("noise", "噪音|噪声|扰民|noise"),
    ("environment", "环境|卫生|保洁|清洁|绿化|垃圾|消杀|environment|clean|garden|hygiene"),
    ("safety", "安全|安保|保安|治安|消防|高空抛物|safety|security|fire"),
    ("charges", "收费|费用|缴费|物业费|财务|经费|charge|fee|billing|payment"),
    ("neighbour", "邻里|邻居|纠纷|neighbo"),
    ("order", "秩序|停车|车辆|车位|违建|占道|养犬|宠物|order|parking"),
    ("service", "服务|态度|客服|管理类|人员|效率|service|attitude|staff"),
    ("external", "外部|外围|市政|周边|external|outside"),
    ("other", "其他|其它|other|misc"),
)
_KIND: Sequence[tuple[str, str]] = (
    ("suggestion", "建议|表扬|感谢|意见|suggestion|praise"),
    ("inquiry", "咨询|询问|查询|inquiry|enquiry|question"),
    ("repair", "报修|维修申请|repair request"),
    ("complaint", "投诉|complaint"),
)
_CHANNEL: Sequence[tuple[str, str]] = (
    ("government", "12345|政府|市长|街道|社区居委|居委|信访|住建|政务|government|mayor"),
    ("committee", "业委会|业主委员会|committee"),
    ("developer", "开发商|地产|developer"),
    ("group", "集团|group"),
    ("company", "总部|公司|400|company|head office"),
    ("box", "意见箱|投诉箱|信箱|box"),
    ("email", "邮件|邮箱|e-?mail"),
    ("wechat", "微信|公众号|小程序|企微|wechat"),
    ("web", "网络|网站|网上|论坛|平台|线上|app|web|online|internet"),
    ("letter", "来信|信函|信件|书面|letter"),
    ("on-site", "巡查|现场|巡检|走访|on.?site"),
    ("phone", "电话|来电|热线|致电|手机|phone|call|hotline"),
    ("desk", "前台|上门|来访|当面|面谈|到访|口头|服务中心|前来|desk|counter|walk.?in|in person|visit"),
)
_RESPONSIBILITY: Sequence[tuple[str, str]] = (
    ("self", "投诉人自|本人|业主自|自身|self|complainant"),
    ("building", "开发|施工|建设|地产|developer|construction"),
    ("outside", "外部|市政|第三方|政府|红线外|outside|third"),
    ("resident", "邻居|其他业主|其他住户|他人|another resident|neighbo"),
    ("own", "物业|本公司|公司|我司|管理处|服务中心|company|own|management"),
    ("none", "无责|无$|none|nobody"),
)
_COMPILED = {
    field: tuple((code, re.compile(pattern, re.IGNORECASE)) for code, pattern in table)
    for field, table in {
        "category": _CATEGORY,
        "kind": _KIND,
        "channel": _CHANNEL,
        "responsibility": _RESPONSIBILITY,
    }.items()
}


def code(field: str, text: str) -> str | None:
    """Return the code that a cell's words mean in a field with fixed values; None where they mean none."""
    plain = unicodedata.normalize("NFKC", text).strip()
    table = _COMPILED[field]
    if any(one == plain.lower() for one, _ in table):
        return plain.lower()
    return next((one for one, pattern in table if pattern.search(plain)), None)


_NOT_SATISFIED = re.compile(
    r"不(?:太|很|够|是很)?满(?:意|$)|^(?:非常|很|仍)?不满|不认可|不接受|差评|^(?:否|不|差|no)$|"
    r"dissatisf|unsatisf|not satisf",
    re.I,
)
_SATISFIED = re.compile(r"满意|认可|好评|^(?:是|好|优|良|好的|yes|good|ok|[√✓✔])$|satisf|accepted", re.I)
_NOBODY = re.compile(r"无人接|未接|没接|联系不上|关机|空号|停机|打不通|拒接|no answer|not reached", re.I)
_HALF = re.compile(r"一般|尚可|还行|average|neutral", re.I)


def answer(text: str) -> str | None:
    """Return what a revisit gave: satisfied, dissatisfied, no-answer; None where the words do not say."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _NOT_SATISFIED.search(plain):
        return "dissatisfied"
    if _HALF.search(plain) and not re.search("基本满意|比较满意|较满意", plain):
        return None
    if _SATISFIED.search(plain):
        return "satisfied"
    return "no-answer" if _NOBODY.search(plain) else None


_NOT_DONE = re.compile(
    r"未(?:完成|处理|解决|办结|结案|闭环|修复|修好)|待(?:处理|解决|回复|跟进|修|定|办|协调|维修|完成)|处理中|进行中|"
    r"正在|跟进中|协调中|持续跟进|尚未|还没|暂未|^否$|^no$|pending|open|in progress|"
    r"not (?:yet )?(?:done|solved|resolved|completed)|unresolved",
    re.I,
)
_DONE = re.compile(
    r"已|完成|办结|解决|处理完|结案|闭环|关闭|^是$|^yes$|done|closed|completed|resolved|solved|finished|[√✓✔]", re.I
)
_SAME_DAY = re.compile(r"(?:当天|当日|当场|同日|即日|现场|立即)(?:处理|完成|解决|办结)?|same day", re.I)


def not_done(text: str) -> bool:
    """Say whether a result or a state tells that the matter still waits."""
    return bool(_NOT_DONE.search(text))


def done(text: str) -> bool:
    """Say whether a state tells that the matter is settled."""
    return not not_done(text) and bool(_DONE.search(text))


def same_day(text: str) -> bool:
    """Say whether something was done on the day of the receipt."""
    return bool(_SAME_DAY.fullmatch(text))


# ---- rows that are no complaints

_TOTAL = re.compile(
    r"(?:.{0,10}[年月日页周季度]|本.{0,3}|第.{0,6}|全部)?(?:合\s*计|小\s*计|总\s*计|共\s*计|累\s*计|汇\s*总|sub-?total|total|sum)"
    r"(?:[:：(（\s\d共件宗条起项个].{0,30})?",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:制\s*表|填\s*表|制\s*单|审\s*核|审\s*批|批\s*准|复\s*核|统\s*计|签\s*字|签\s*名|签\s*章|经理|主任|主管|负责人|部门负责人"
    r"|prepared|checked|approved|reviewed|signed|signature)(?:人|员|者|领导| ?by)?"
    r"(?:签字|签名|签章)?\s*(?:日期|时间)?\s*(?:[:：].*)?",
    re.IGNORECASE | re.DOTALL,
)
_SIGNED_PLAIN = re.compile(r"(?:经理|主任|主管|负责人|部门负责人|统\s*计|审\s*批|批\s*准)")


def is_total(text: str) -> bool:
    """Say whether a cell begins a line of totals."""
    return bool(_TOTAL.fullmatch(text.strip()))


def is_signature(text: str) -> bool:
    """Say whether a cell begins a line in which somebody signs for the table."""
    plain = text.strip()
    return bool(_SIGNED.fullmatch(plain)) and (":" in plain or "：" in plain or not _SIGNED_PLAIN.fullmatch(plain))


# ---- what programs do to cells

_FORMULA = re.compile("'[ \u00a0\u2000-\u200a\u202f\u205f\u3000]*[=+\\-@\t\r\n＝＋－＠]")


def protected(text: str) -> bool:
    """Say whether a cell has the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return bool(_FORMULA.match(text))


def bare_part(text: str) -> str:
    """Return a part of a home's number without its word: 3 for 3号楼 or 3栋, 2 for 2单元, 501 for 501室."""
    return re.sub(r"(?<=\w)(?:号楼|栋|幢|座|楼|单元|号房|室|房)$", "", text)
