import io
import re

import polib
from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path
from odoo.tools.translate import trans_export

WORD = re.compile(r"\b[A-Za-z]{3,}\b")
# What programs read.
CODE = re.compile(r"object\.|<[a-z]|^POST /")

# Words that the glossary replaces, and in their place.
BANNED = {
    "呈批|报审|报领导(签批|审批)": "报批",
    "(?<!等)待(审批|批准|签批|领导)": "待批示",
    "重新启动|重启": "重新办理",
    "补问": "要求补充",
    "知悉记录": "投诉人信息查阅记录",
    "开放(联系方式|人|事由)": "提供",
    "告知去向|转出事项": "指引",
    "立项": "共性问题",
    "纪检监察机构": "纪检监察机关",
    "转有关单位|转办函": "转送",
    "查实率|按期办理率|评比限制|限制查阅|超期": "成立率、按期办结率、参评限制、限制知悉、逾期",
    "复印件|现场查阅|在馆": "复制件、在档案室查阅",
    "办理终结|案件|案中": "办结、本件",
    "未发送|未能提交": "尚未提交",
    "复杂程度|受理员|反馈报告|函号": "投诉性质、受理人员、回复投诉人的情况、文号",
    "你(?!好)": "您、贵单位",
    "(?<!系统)管理员": "投诉室负责人、系统管理员",
    "例如|e\\.g\\.": "如",
    r"第 \d|\d [年月日天次件个]": "digits without blanks",
    r"[一二三四五六七八]\.\d(?!、)|[一二三四五六七八]\([一二三]\)(?!\d。)": "第七条第3项",
}


@tagged("post_install", "-at_install")
class TestTranslation(TransactionCase):
    """Whatever people read is Chinese: each string of the source has its translation."""

    addon = "kaiyang_complaint"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        chinese = polib.pofile(file_path(f"{cls.addon}/i18n/zh_CN.po"))
        cls.chinese = {entry.msgid: entry.msgstr for entry in chinese}

    def test_x_every_string_of_the_source_has_its_chinese(self):
        written = io.BytesIO()
        trans_export(None, [self.addon], written, "po", self.env)
        source = {entry.msgid for entry in polib.pofile(written.getvalue().decode())}
        self.assertFalse(sorted(text for text in source if not self.chinese.get(text)))
        # Odoo leaves out what the template lacks, and says so nowhere.
        template = polib.pofile(file_path(f"{self.addon}/i18n/{self.addon}.pot"))
        self.assertFalse(sorted(source - {entry.msgid for entry in template}))

    def test_x_a_sentence_that_cites_a_clause_is_translated_too(self):
        left = [
            text
            for text, translated in self.chinese.items()
            if text == translated and len(WORD.findall(text)) > 2 and not CODE.search(text)
        ]
        self.assertFalse(left)

    def test_x_screens_have_one_word_for_one_thing(self):
        found = [
            (words, instead, text)
            for words, instead in BANNED.items()
            for text in self.chinese.values()
            if re.search(words, text)
        ]
        self.assertFalse(found)
