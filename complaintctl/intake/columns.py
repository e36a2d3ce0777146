"""The columns of a complaint register by their headings, in the many wordings in which offices write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from complaintctl.errors import BadValue, UsageFault
from complaintctl.language import N_, Words

IGNORED = "ignore"
_ON = r"[_ ]?(?:date|time|at|on|day)$"

#: A field and the headings that mean it; the first that fits holds, so what is more special stands first.
PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "decision",
        r"decision|决定",
    ),
    (
        "line",
        r"line|原行号",
    ),
    (
        "reason",
        r"reason|未录入原因",
    ),
    (
        "serial",
        r"序号?|编号|行号|流水号?|工单号|(?:投诉|登记|受理|工单|记录|报事|报修)?(?:单|编|流水|登记)号|no\.?|#|id|"
        r"num(?:ber)?|serial(?: no\.?)?",
    ),
    (
        "phone",
        r".*(?:电话|手机|联系方式|联系号码|来电号码|主叫).*|.*\b(?:phone|mobile|tel|telephone|"
        r"contact number|contact no\.?)\b.*|contact",
    ),
    (
        "ignore",
        r"(?:.*(?:要求|承诺|约定|限定|限时|应|计划|预计|预约|截止).*(?:时间|日期|期限|时限)|.*时限|"
        r".*(?:due|deadline|planned|target).*)",
    ),
    (
        "revisited_at",
        r".*回访.*(?:时间|日期)|回访日|(?:revisit(?:ed)?|follow[- _]?up|followed[- _]?up|callback|"
        rf"call[- _]?back){_ON}",
    ),
    (
        "revisited_by",
        r"回访(?:人|员|人员|者)|(?:revisit(?:ed)?|follow[- _]?up)[_ ]by",
    ),
    (
        "satisfaction",
        r".*满意.*|(?:业主|客户|住户)(?:评价|意见)|评价|.*satisf.*|.*rating.*",
    ),
    (
        "revisit",
        r".*回访.*|.*revisit.*|follow[- _]?up.*|call[- _]?back.*",
    ),
    (
        "notified_at",
        r".*(?:答复|回复|反馈|告知|回馈|回应).*(?:时间|日期)|(?:reply|replied|repl|answer|answered|"
        rf"response|responded|notified|notification|feedback|informed){_ON}",
    ),
    (
        "reply",
        r"(?:.*(?:答复|回复|反馈|回馈)(?:内容|情况|意见|结果|说明|业主|客户)?)|(?:reply|answer|response|"
        r"feedback)(?: text| content)?",
    ),
    (
        "resolved_at",
        r"(?!.*结果).*(?:完成|办结|办毕|处理完|解决|完工|结案|关闭|处理|办理|维修|竣工|销单|闭环|结单|"
        r"完结|整改|处置|归档).*(?:时间|日期)|.*(?:完成|办结|结案)日|(?:complet(?:ed|ion)|resolved|"
        rf"resolution|closed|clos(?:ing|e)|finish(?:ed)?|done|solved|handled|handling|fixed){_ON}",
    ),
    (
        "dispatched_at",
        r".*(?:派单|派工|下单|转办|交办|移交|派发|派出|转交|分派|转派).*(?:时间|日期)|(?:dispatch(?:ed)?|"
        rf"assign(?:ed|ment)?|sent|forwarded){_ON}",
    ),
    (
        "contacted_at",
        rf".*(?:联系|响应|到场|首次).*(?:时间|日期)|(?:contact(?:ed)?|first contact|first word){_ON}",
    ),
    (
        "happened_at",
        rf".*(?:发生|事发|案发).*(?:时间|日期)|(?:happened|occurred|event|incident){_ON}",
    ),
    (
        "time",
        r"(?:具体|投诉|来电|受理|登记|接报)?(?:时刻|时分|钟点|点钟)|time of day|hour|clock",
    ),
    (
        "received_at",
        r"(?:.*(?:投诉|来电|来访|来信|受理|登记|接报|接诉|接待|接单|接听|接到|报事|报修|反映|提出|收到|"
        r"接收|记录|上报|信访|留言|提交|创建|录入|建单|申报|诉求|咨询).*(?:时间|日期|日)|日期|年月日|时间|"
        r"发起时间)|(?:received|receipt|complaint|complained|reported|report|logged|created|opened|"
        rf"registered|registration|recorded|intake|submitted|entry){_ON}|received|date|date received|"
        r"date of (?:complaint|receipt)|time|datetime|when",
    ),
    (
        "kind",
        r"(?:投诉|来电|诉求|事件|报事|工单)?(?:类型|性质)|kind",
    ),
    (
        "category",
        r"nature(?: of complaint)?|.*(?:类别|分类|种类|大类|小类|类型|性质|类目).*|.*\bcategory\b.*|type|"
        r"class",
    ),
    (
        "households",
        r".*(?:户数|涉及户|households).*",
    ),
    (
        "responsibility",
        r"责任(?:界定|归属|划分|认定|判定)?|responsib(?:ility|le)",
    ),
    (
        "department",
        r".*(?:部门|班组|承办单位|责任单位|处理单位|处置单位)|.*\b(?:department|dept\.?|team|"
        r"unit in charge)\b.*",
    ),
    (
        "handler",
        r"(?:处理|责任|经办|维修|负责|承办|跟进|处置|整改|办理|接单|派单给?|维保)(?:人|人员|员|师傅|者)|"
        r"责任人.*|(?:handled|resolved|assigned|solved)[_ ](?:by|to)|handler|assignee|person in charge|"
        r"owner of case",
    ),
    (
        "taken_by",
        r"(?:登记|受理|记录|接待|接听|接报|填表|填写|值班|接诉|录入|客服)(?:人|人员|员|者|客服)|"
        r"(?:received|taken|logged|recorded)[_ ]by|clerk",
    ),
    (
        "status",
        r".*(?:状态|是否(?:完成|办结|解决|处理|闭环|关闭)|完成情况|办结情况|进度|完成否).*|status|state|"
        r"progress",
    ),
    (
        "result",
        r"(?!.*(?:投诉|反映)).*(?:处理|办理|解决|处置|整改|维修|落实|跟进|措施).*(?:结果|情况|措施|意见|"
        r"方案|过程|进展|内容|办法|记录|说明|方法)?|结果|措施|result.*|handling.*|outcome.*|"
        r"action(?:s)?(?: taken)?|resolution.*|solution.*|treatment",
    ),
    (
        "channel",
        r".*(?:来源|渠道|途径).*|(?:投诉|受理|来访|反映|接报|诉求|报事)?(?:方式|形式)|.*\bchannel\b.*|"
        r"source|via",
    ),
    (
        "demand",
        r"(?!.*(?:投诉|反映|内容)).*(?:要求|期望|希望).*|demands?|wishes",
    ),
    (
        "building",
        r"楼栋号?|楼号|栋号|幢号?|栋|楼座|座号|楼栋名称|building(?: no\.?)?|block",
    ),
    (
        "entrance",
        r"单元号?|entrance|stairway",
    ),
    (
        "place",
        r".*(?:地点|位置|部位|场所).*|place|location|where",
    ),
    (
        "unit",
        r".*(?:房号|房间|房屋|门牌|室号|户号|住址|地址|房产|单元号?房|楼栋房|居室).*|房|室|.*\b(?:unit|"
        r"room|house|apartment|flat|address|suite)\b.*",
    ),
    (
        "text",
        r".*(?:投诉|反映|问题|报事|报修|诉求|来电|来访|信访|留言|事件|事项|咨询|建议|"
        r"案件|工单)(?:的)?(?:具体|详细)?(?:内容|事项|描述|详情|详述|概述|摘要|事由|情况|问题|概要|说明|原文|经过)?|"
        r"(?:具体|详细)?(?:内容|事项|描述|详情|事由|摘要|情况|问题描述|内容摘要|主要内容|情况说明|情况描述|事情经过)|"
        r"text|.*(?:投诉|反映|诉求)内容.*|what happened|complaint(?:s)?(?: text| content| details|"
        r" description)?|content(?:s)?|details?|description|issue|problem|message|matter",
    ),
    (
        "subject",
        r".*(?:主题|标题|题目).*|subject|title|headline",
    ),
    (
        "name",
        r".*(?:姓名|业主|住户|投诉人|客户|反映人|来电人|来访人|报修人|报事人|联系人|当事人|诉求人|称呼|"
        r"户主|人名).*|reported by|.*\b(?:name|resident|owner|complainant|customer|caller|tenant|"
        r"reporter)\b.*",
    ),
    (
        "note",
        r".*(?:备注|说明|附注|注).*|notes?|remarks?|comments?",
    ),
)
_COMPILED = tuple((field, re.compile(pattern)) for field, pattern in PATTERNS)
#: Of these several columns may speak; what they say is joined.
JOINED = ("text", "result", "reply", "revisit", "note", "handler", "subject", "demand", "department")
#: The time of day of a moment, where it stands in a column of its own.
TIMES = {
    "received_at": "time",
    **{f"{step}_at": f"{step}_time" for step in ("dispatched", "contacted", "resolved", "notified", "revisited")},
}
FIELDS = tuple(dict.fromkeys((*(field for field, _ in PATTERNS), *TIMES.values())))
#: At the left of a listing of an import as CSV, which may be corrected and fed again.
REPORT = ("line", "fate", "code", "reason", "number", "decision")
#: Without one of these there is no register of complaints.
NEEDED = ("received_at", "text")


class HeadingsWrong(UsageFault):
    """A file in which no row names the columns that are needed, or a `--map` names one that is not there."""

    code = "headings-wrong"
    message = N_("{file}, line {line}: no column for {missing} was found among: {found}. Nothing was taken.")
    hint = N_('Say which it is, such as: --map "{example}=text". Fields: {fields}')


def plain(heading: str) -> str:
    """Return a heading as its words alone: no blanks, signs, explanations in brackets, capitals."""
    text = unicodedata.normalize("NFKC", heading)
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Cc") or char in "\n\t")
    text = re.sub(r"[(\[【〔].*?[)\]】〕]", "", text)
    text = re.sub(r"[*:：·•\"'“”]", "", text).strip().lower()
    if re.search("[\u3400-\u9fff]", text):
        return re.sub(r"[\s/、]+", "", text)
    return re.sub(r"[\s_]+", " ", text)


def field_of(heading: str) -> str | None:
    """Return the field that a heading means; None where it means none."""
    text = plain(heading)
    if not text or len(text) > 40:
        return None
    return next((field for field, pattern in _COMPILED if pattern.fullmatch(text)), None)


def mapped(pairs: Sequence[str]) -> dict[str, str]:
    """Read `--map COLUMN=FIELD`: the field for each heading, plain. A field may be named like a column, too.

    Raises:
        BadValue.
    """
    found = {}
    for pair in pairs:
        heading, sign, named = pair.replace("＝", "=").rpartition("=")
        field = named.strip().lower() if named.strip().lower() in FIELDS else _ALIASES.get(named.strip().lower())
        field = field or field_of(named)
        if not sign or not plain(heading) or field is None:
            raise BadValue(field="--map", text=pair[:60], expected=[Words(N_("COLUMN=FIELD")), *FIELDS])
        found[plain(heading)] = field
    return found


_ALIASES = {
    **{"date": "received_at", "received": "received_at", "completed_at": "resolved_at", "completed": "resolved_at"},
    **{
        "resolved": "resolved_at",
        "dispatched": "dispatched_at",
        "notified": "notified_at",
        "reply_date": "notified_at",
    },
    **{"revisited": "revisited_at", "contacted": "contacted_at", "source": "channel", "-": IGNORED, "none": IGNORED},
}


class Columns(NamedTuple):
    """Which cell is what: the places of each field, the headings as written, and those that mean nothing here.

    `line` is that of the heading row, `second` names headings that were left out for another of the same meaning.
    `rows` holds the rows as they stand there, where there are two of them.
    """

    line: int
    headings: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]
    ignored: tuple[str, ...]
    second: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()

    def has(self, field: str) -> bool:
        """Say whether the register has a column for a field."""
        return field in self.places

    @property
    def mapping(self) -> dict[str, str]:
        """The field of each heading that means one."""
        return {self.headings[at]: field for field, places in self.places.items() for at in places}


def columns_of(line: int, cells: Sequence[str], given: Mapping[str, str]) -> Columns:
    """Read a row as headings; `given` says what some of them mean."""
    places: dict[str, list[int]] = {}
    ignored: list[str] = []
    second: list[str] = []
    ours = _of_a_report(cells)
    if ours:
        places |= {"line": [0], "decision": [len(REPORT) - 1], "reason": list(range(1, len(REPORT) - 1))}
    for at, heading in enumerate(cells):
        if at < ours:
            continue
        named = given.get(plain(heading))
        field = named or field_of(heading)
        if field is None or field == IGNORED:
            ignored += [heading.strip()] if heading.strip() else []
        elif field in places and field not in JOINED:
            left_out = _beside(places, field, at, cells, given)
            second += [left_out] if left_out else []
        else:
            places.setdefault(field, []).append(at)
    _settle(places)
    kept = {field: tuple(found) for field, found in places.items()}
    return Columns(line, tuple(cells), kept, tuple(ignored), tuple(second))


def _of_a_report(cells: Sequence[str]) -> int:
    """Say how many columns at the left a listing of our own put there; 0 where it is none."""
    return len(REPORT) if tuple(cell.strip() for cell in cells[: len(REPORT)]) == REPORT else 0


def _beside(places: dict[str, list[int]], field: str, at: int, cells: Sequence[str], given: Mapping[str, str]) -> str:
    """Settle a second heading of a meaning: a time of day beside its day, else one of them is left out, and named."""
    first, heading, clock = places[field][0], cells[at], TIMES.get(field)
    said, told = plain(heading) in given, plain(cells[first]) in given
    if clock and clock not in places and not said and _same_act(cells[first], heading, field):
        places[clock] = [at]
        return ""
    if clock and clock not in places and not said and not told and _same_act(heading, cells[first], field):
        places[clock], places[field] = [first], [at]
        return ""
    if (said or (field == "resolved_at" and _more_of_an_end(cells[first], heading))) and not told:
        places[field] = [at]
        if clock in places:
            places["ignore"] = places.pop(clock)
        return cells[first].strip()
    return heading.strip()


def _more_of_an_end(one: str, other: str) -> bool:
    """Say whether a heading tells of the end where another may tell of the work: 办结时间 beside 处理时间."""
    return bool(_END.search(plain(other))) and not _END.search(plain(one))


_END = re.compile("完成|办结|办毕|处理完|解决|完工|结案|关闭|销单|闭环|结单|完结|complet|resol|clos|finish|done|solved")
_DAY = re.compile(r"(.*?)[_ ]?(?:日期|年月日|日|date|day)")
_CLOCK = re.compile(r"(.*?)[_ ]?(?:时间|time)")


def _same_act(one: str, other: str, field: str) -> bool:
    """Say whether two headings are the day and the time of day of the same thing: 投诉日期 beside 投诉时间 or 时间.

    投诉日期 beside 受理时间 are two moments, of which the first is the receipt; so are 完成日期 and 办结时间.
    """
    day, clock = _DAY.fullmatch(plain(one)), _CLOCK.fullmatch(plain(other))
    if day is None or clock is None:
        return False
    return clock[1] == day[1] or (field == "received_at" and "" in (clock[1], day[1]))


def _settle(places: dict[str, list[int]]) -> None:
    """Put right what only the other columns tell: a title alone is the text, a kind beside no category is one."""
    if "text" not in places and "subject" in places:
        places["text"] = places.pop("subject")
    if "kind" in places and "category" not in places:
        places["category"] = places.pop("kind")
    if "unit" not in places:
        for field in ("entrance", "building"):
            if field in places:
                places["unit"] = places.pop(field)
                break


def fitting(columns: Columns) -> bool:
    """Say whether a row may be the headings: what is needed stands there."""
    return all(columns.has(field) for field in NEEDED)


def missing(file: str, best: Columns | None) -> HeadingsWrong:
    """Return the error for a file without headings that will do; `best` is the row that came nearest."""
    labels = {"received_at": Words(N_("the day of the complaint")), "text": Words(N_("what the complaint says"))}
    lacking = [labels[field] for field in NEEDED if best is None or not best.has(field)]
    found = [one.strip()[:20] for one in best.headings if one.strip()][:12] if best else []
    example = next((one for one in (best.ignored if best else ()) if one), "…")
    line = best.line if best else 1
    return HeadingsWrong(
        file=file, line=line, missing=lacking, found=found or "—", example=example[:20], fields=list(FIELDS)
    )
