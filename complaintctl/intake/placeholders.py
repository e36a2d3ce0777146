"""What stands where a complaint should and tells of none: 无, 见附件, 测试, 本日无投诉, 123.

Only what is nothing else as a whole counts: 见附件 says nothing, 见附件，电梯坏了 tells of a lift.
"""

from __future__ import annotations

import re
import unicodedata

from complaintctl.intake.words import is_placeholder

_LOOK = r"(?:详见|详情见|请见|请看|见|参见|参照|如|同|另见)"
_THERE = (
    r"(?:附件|附图|附表|附页|附后|图片?|照片|截图|录音|录像|视频|语音|微信群?|群里?|聊天记录|备注|右边?|左边?|上|下|前|后|上面|下面|上述|"
    r"上表|原件|纸质单?|工单|邮件|短信|系统|链接|表格?|来信|信件|word|excel|pdf)"
)
_FORMS = (
    # 无投诉, 本日均无投诉事项, 一切正常
    r"(?:(?:本|今|当|全)[日天月周班]|值班期间)?均?(?:无|没有|暂无|无任何|未发生)(?:业主|住户|客户|有效)?"
    r"(?:投诉|事项|内容|记录|情况|诉求|数据|异常|说明|描述|备注|反映|事件|报事|报修|事)?(?:内容|事项|记录|情况)?",
    r"(?:一切|全天|均|都)?正常",
    # 见附件, 内容详见录音, and what a chat leaves of a picture: [图片]
    rf"(?:具体)?(?:内容|情况|事项|投诉内容)?{_LOOK}{_THERE}[一二三\d]?(?:所示|内容|里)?",
    r"(?:附件|附图|图片|照片|截图|语音|视频|录音|文件|链接|动画表情)[一二三\d]?",
    r"(?:see|as|refer to) ?(?:the )?(?:attach(?:ed|ments?)|above|below|file|photos?|pictures?|notes?|remarks?)",
    # somebody tried the form
    r"(?:投诉|这是|系统)?测试(?:一下|下|数据|投诉|用|内容|记录|专用|信息|单|件|工单)?\d*|试(?:一下|用|填|录)",
    r"test(?:ing)?(?: ?(?:data|text|only|record|complaint))?\d*|this is (?:a |only a )?test",
    r"样例|示例|范例|例如?|样本|样表|模板|example|sample|placeholder|lorem ipsum.*",
    r"\d+|([a-z])\1*|asdf\w*|qwer\w*|abcd?|foo|[哈啊呵嗯额呃哦]+",
    # to be filled in, or taken out again
    r"请?(?:在?(?:此处|这里|在此))?填写?(?:说明|内容|此处|投诉内容)?",
    r"待(?:补|补充|填|填写|录|录入|定|完善)|tb[acd]|to ?do",
    r"未(?:记录|登记|说明|提供|描述|录入)|保密|已?(?:删除|作废|撤销)|重复|deleted|void",
    r"no (?:complaints?|content|text|details?|description)(?: today)?|nothing(?: to report)?|empty|blank|unknown",
)
_NOTHING = re.compile("|".join(f"(?:{form})" for form in _FORMS), re.IGNORECASE)
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_BLANKS = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
_LONGEST = 40


def says_nothing(text: str) -> bool:
    """Say whether a text tells of no complaint."""
    if is_placeholder(text):
        return True
    if len(text) > _LONGEST:
        return False
    bare = _BLANKS.sub("", _AROUND.sub("", unicodedata.normalize("NFKC", text)))
    return is_placeholder(bare) or bool(_NOTHING.fullmatch(bare))
