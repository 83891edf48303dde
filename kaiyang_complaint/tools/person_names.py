"""Names of people: those on record in every writing, and others by what is said around them."""

import re

from .reading import Hit, bare_of, plain_of, words
from .surnames import DOUBLE, FREQUENT, ORDINARY, RUN_ON, SINGLE

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HAN = re.compile(f"[{HAN}]")
TITLES = words(
    "女士 先生 小姐 同志 师傅 老师 阿姨 大爷 大妈 大叔 大姐 大哥 大娘 大伯 叔叔 伯伯 婆婆 奶奶 "
    "爷爷 老人 老人家 太太 夫人 医生 "
    "律师 教授 女儿 儿子"
)
_TITLE = "|".join(sorted(TITLES, key=len, reverse=True))
KIN = (
    "母亲|父亲|妈妈|爸爸|妈|爸|母|父|妻子|丈夫|老婆|老公|爱人|儿子|女儿|爷爷|奶奶|外公|外婆|"
    "姥姥|姥爷|哥哥|姐姐|弟弟|妹妹|"
    "大哥|大姐|哥|姐|弟|妹|侄子|侄女|外甥女?|岳父|岳母|公公|婆婆|孙子|孙女|外孙女?|儿媳妇?|媳妇|"
    "女婿|舅舅|舅妈|叔叔|婶婶|姑姑|姑父|"
    "姨妈|姨父|阿姨|伯父|伯母|表[哥弟姐妹]|堂[哥弟姐妹]|家属|家人|亲戚|亲属|配偶|子女|夫|妻|子|女"
)
# Roles that are no names, though they stand in the place of one.
_NOBODY = frozenset(
    words(
        "匿名 无名 无 不详 未知 不愿透露 群众 市民 网友 村民 居民 业主 企业 来电人 来访人 "
        "投诉人 举报人 反映人 热心市民 本人 家属 代理人 "
        "委托人 同上 保密 实名 某某 未留 没有 先生 女士 代表"
    )
) | set(KIN.split("|"))
_SEVERAL = re.compile(
    r"[、,，/;；|()\[\]【】〔〕<>《》\n\t:：\"“”]|(?<=[^a-z])和(?=[^平])|及|与| & "
)
_ROLE = re.compile(
    rf"^(?:(?:投诉|来电|来访|举报|反映|申请|委托|代理|联系|写信|信访|当事|被委托)人|姓名|代|替|"
    rf"由|系|其|他|她|我|的|受|委托|{KIN})+"
    r"(?:的|是|为)?"
)
_KIN_WORDS = "|".join(one for one in re.findall(r"[^|]+", KIN) if len(one) > 1)
_TAIL = re.compile(rf"(?:{_TITLE}|本人|等\d*人?|代|代理|家属|(?:之|的)?(?:{_KIN_WORDS}))+$")
_LATIN_SHORTEST = 3


def persons_of(raw):
    """Return the names in a recorded field, which may hold titles, brackets and several people.

    >>> persons_of("王芳女士、李 四"), persons_of("王芳（代其母李四妹）")
    (['李四', '王芳'], ['李四妹', '王芳'])
    >>> persons_of("阿卜杜热合曼·买买提依明"), persons_of("匿名"), persons_of("(王芳")
    (['阿卜杜热合曼买买提依明'], [], ['王芳'])
    >>> persons_of("Jean-Baptiste O’Connor")
    ['jeanbaptisteoconnor']
    """
    found = set()
    for part in _SEVERAL.split(plain_of(raw)):
        # A space separates two people only where each part is a name by itself: “李 四” is one.
        parts = part.split()
        several = len(parts) > 1 and all(len(one) > 1 and _HAN.match(one) for one in parts)
        for one in parts if several else [part]:
            name = _bare_name(one)
            if len(name) > 1 and name not in _NOBODY:
                found.add(name)
    return sorted(found)


def _bare_name(part):
    """Return a name without what was written around it."""
    bare = bare_of(part)
    name = _TAIL.sub("", _ROLE.sub("", bare))
    # Where all that is left is one character, the title was part of the name.
    return name if len(name) > 1 else bare


def likely_names(raw):
    """Return what is by its shape a name in a field that holds other words as well.

    >>> likely_names("王芳本人，核对了身份证后四位"), likely_names("其女儿 李四妹")
    (['王芳'], ['李四妹'])
    """
    return [name for name in persons_of(raw) if name_end(name, 0) == len(name)]


def pieces_of(raw):
    """Return the parts by which people with names of several parts are called as well.

    >>> pieces_of("阿卜杜热合曼·买买提依明·艾力"), pieces_of("Jean-Baptiste de la Fontaine")
    (['买买提依明', '艾力', '阿卜杜热合曼'], ['baptiste', 'fontaine', 'jean'])
    >>> pieces_of("欧阳娜娜"), pieces_of("王小明")
    (['欧阳'], [])
    """
    found = set()
    plain = plain_of(raw)
    for name in re.split(r"[、,，/;；()\n]", plain):
        parts = re.findall(rf"[{HAN}]+", name) if re.search("[·•‧∙・･.⋅]", name) else []
        found.update(one for one in parts if len(parts) > 1 and len(one) > 1)
        found.update(one for one in re.findall(r"[a-z]+", name) if len(one) > _LATIN_SHORTEST)
    # A double family name gives its bearer away, a single one does not.
    found.update(name[:2] for name in persons_of(raw) if name[:2] in DOUBLE and len(name) > _FULL)
    return sorted(found - _NOBODY - set(TITLES))


def family_names_of(raws):
    """Return the family names of recorded people."""
    names = {name for raw in raws for name in persons_of(raw)}
    return {name[:2] if name[:2] in DOUBLE else name[:1] for name in names if _HAN.match(name)}


def read_recorded_names(reading, raws):
    """Yield what reads like one of the recorded names, however it is spaced, dotted or titled."""
    keys = {key for raw in raws for key in (*persons_of(raw), *pieces_of(raw))}
    for key in sorted(keys, key=len, reverse=True):
        for start, end in reading.occurrences(key):
            if not key.isascii() or _stands_alone(reading.plain, start, end):
                yield Hit(start, end, "name", True)
    yield from _family_with_title(reading, family_names_of(raws))


def _family_with_title(reading, families):
    if not families:
        return
    choice = "|".join(map(re.escape, sorted(families, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![{HAN}])({choice})(?=\s?(?:{_TITLE}|某))|姓({choice})(?![{HAN}]的)")
    for match in pattern.finditer(reading.plain):
        group = 1 if match[1] else 2
        yield Hit(*match.span(group), "name", True)


def _stands_alone(plain, start, end):
    """Return whether Latin letters are words of their own."""
    before, after = plain[start - 1 : start], plain[end : end + 1]
    return not (before.isascii() and before.isalpha()) and not (after.isascii() and after.isalpha())


# --- names that nobody recorded -----------------------------------------------------------------

# Characters of sentences that are no part of a given name.
_NEVER = frozenset(
    "的了是在有和与及就也还不没被把给让叫这那我你他她它们什么怎么很吗呢吧啊呀个位名请将从向对"
    "因为所而但或者又再都只已曾"
    "能会可要想该应过着去说问找打看做办跟同且则另此每各第仅称住来丶元块千百"
)
# Such characters as do stand at the end of a given name, where a mark follows.
_SELDOM = frozenset("来去同能可因为向位名问有和应想着百千元")
# Characters that end the names of places, and begin nothing that follows a person.
_PLACES = frozenset(
    "村镇乡县市区路街巷组寨湾城园苑府郡院校局厂店司房屋桥口厅楼栋期场社庄坪坝冲湖广岭家"
)
# What follows a name directly in a sentence.
_FOLLOWING = frozenset(
    "的了是在于和与及跟同去来到说因为被把给让向对从已有没也就还又不未要想会能可应需该申请办反"
    "投诉电身男女等住现系持带前今昨"
    "当曾一两二三多拿报问打交领取收签代以之称所家先夫"
)
_WORDS_AFTER = frozenset(
    words(
        "申请 办理 办证 投诉 反映 电话 身份 户口 房产 房屋 医保 社保 手机 家里 家的 名下 本人 "
        "今年 昨天 今天 前来 到场 到你 来到 提交 领取 "
        "咨询 名字 户籍 小孩 儿子 女儿 父亲 母亲 丈夫 妻子 夫妇 夫妻 先生 女士 一家 两人 二人 等人 "
        "同志 师傅 老师 阿姨 现在 现年 因病 生前 "
        "去世 生病 住院 出生 居住 认为 表示 要求 请求 购买 继承 过户 签字 签名 委托 代办 代理 联系 "
        "报名 上学 入学 退休 死亡 不满 年龄 "
        "结婚 离婚 登记 名义 家住 家在 遗产 土地 车辆 账户 交的 办的 办了 的房 和我 与我 跟我"
    )
)
# Before an explicit name anything may be a family name, elsewhere the frequent ones alone.
_EXPLICIT = re.compile(
    r"(?:(?:我|名字|姓名|人)(?:的名字)?叫做?|名叫|名为|名字[是叫]|姓\s{0,2}名[:是为]|(?:以下简称)?"
    r"(?:联系人|投诉人|来电人|来访人|反映人|举报人|申请人|当事人|委托人|被委托人|代理人|代办人|"
    r"户主|购房人|买受人|出卖人|权利人|共有人|产权人|"
    r"车主|失主|持卡人|监护人|写信人|证明人|见证人|落款|署名|签\s{0,2}名|签\s{0,2}字|收件人|"
    r"法定代表人|业主|群众)"
    rf"(?:姓名)?[:]|(?:写的?是|写成|打成|录成|录为|登记[成为]|"
    rf"名字)[:]?[\"“'「『](?=[{HAN}]{{2,4}}[\"”'」』])|(?:{KIN}|邻居|同事|朋友|同学|同乡|房东|"
    rf"租客)(?:名叫|叫做?|[:]))[:\s(]{{0,3}}"
)
_ROLES = re.compile(
    r"(?:(?:联系人|投诉人|来电人|来访人|反映人|举报人|申请人|当事人|委托人|被委托人|代理人|"
    r"代办人|户主|房东|租客|邻居|同事|朋友|同学|同乡|老乡|"
    r"购房人|买受人|出卖人|买方|卖方|债务人|死者|逝者|患者|病人|残疾人|法人|法定代表人|合伙人|"
    r"产权人|权利人|共有人|车主|失主|持卡人|"
    r"监护人|姓名|开?户名|开户人|持有人|收款人|付款人|住户|村民|居民|业主|股东|学生|孩子|亡夫|"
    r"亡妻|前夫|前妻|本人)(?:姓名|是|为|系)?"
    rf"|(?:我|他|她|其|的|代|替|陪|带|和|跟|与|为|给|帮|大|二|小|老|"
    rf"[,，。;；、])(?:{KIN})[是为]?)[\s(]{{0,2}}"
)
# After these, only what ends there is a name: more often they tell what somebody is.
_SELF = re.compile(r"(?:我是|我系|本人是|本人系|鄙人|我名|我们是)")
_DOING = re.compile(
    r"(?:代替?|替|帮助?|陪同?|为|带着?|委托|受)(?=[^\s]{2,4}(?:办|领|取|申|咨|提|交|缴|签|查|去|"
    r"来|到|报|委托|补|处))"
)
_OWNING = re.compile(
    r"(?:与|和|跟|及|是|将|把|为|给|替|帮|让|由|被|以|用|拿|持|查|借|从|[,，。;；、:(]|^|\n)"
    r"(?=[^\s]{2,4}(?:的)?(?:共同|共有)?(?:的)?(?:房产(?!公)|房屋|房子|房本|不动产|身份证|户口|"
    r"医保|社保|低保|养老|银行卡|手机|电话|遗产|土地|宅基地|摩托|"
    r"汽车|小车|账户|婚姻|结婚|离婚|病历|住院|签名|签字|印章|私章|遗嘱|股份|股权|名下|继承))"
)
_TITLED = re.compile(
    r"(?:女士|先生|小姐|同志|师傅|老师|阿姨|大爷|大妈|大叔|大姐|大哥|大娘|大伯|叔叔|伯伯|婆婆|"
    r"奶奶|爷爷|太太|律师|医生|某某?|"
    r"\*{1,3}|[x○×]{1,2}(?![a-z0-9]))"
)
_IDENTIFIED = re.compile(
    r"[ ]?[(,，:、]?[ ]?(?:公民)?(?:身份证|身份号|证件号|男[,，)]|女[,，)]|性别|联系电话|电话|"
    r"手机|汉族|苗族|布依族|\d{2}岁|"
    r"1[3-9]\d{9}|[1-8]\d{16}[\dx]|\ufffc)"
)
# Staff and officials, who are named on purpose.
_STAFF = re.compile(
    r"(?:工作人员|办事员|办事人员|窗口人员|窗口|柜员|科员|职员|主任|局长|科长|股长|所长|队长|"
    r"站长|镇长|县长|乡长|院长|校长|经理|民警|"
    r"警官|辅警|协警|警察|保安|导办|导办员|前台|经办人|受理员|受理人员|首席代表|领导|书记|村长|"
    r"支书|主席|干部|收费员|人员|负责人|工号|"
    r"代表|员工|大堂|审核员|登记员|咨询员|引导员|志愿者)[:是叫为的名\s(]{0,4}(?:姓)?$"
)
_OFFICE = re.compile(
    r"\s?(?:主任|局长|科长|股长|所长|队长|站长|镇长|县长|乡长|院长|校长|经理|警官|书记|村长|"
    r"支书|主席|干部|的?(?:那个|这个)?(?:窗口|男|女)?"
    r"(?:工作人员|办事员|柜员|民警|窗口人员|经办人))"
)
_DOTTED = re.compile(
    rf"(?<![{HAN}《“])([{HAN}]{{2,9}}(?:[·•‧∙・･⋅][{HAN}]{{1,9}}){{1,4}})(?![》”])"
)
# What names of other languages are written with.
_SOUNDS = frozenset(
    "尔艾合阿卜杜买提吐尔江艾力热合曼依明古丽木沙拉克斯努扎吾布都不帕夏孜买合麦提玉素甫塔依图"
    "汗亚森伊卡哈德肉孜库里巴特那仁其格"
    "苏和乌云娜额勒敦恩和吉雅才旦卓玛次仁扎西多杰尼罗桑丹增平措达娃央金约翰森伯特玛丽安娜维奇"
    "尼拉斯托夫"
)
_DOTTED_HERE = re.compile(rf"[{HAN}]{{2,9}}(?:[·•‧∙・･⋅][{HAN}]{{1,9}}){{1,4}}")
_SIGNATURE = re.compile(
    rf"(?:^|\n)[ \t]{{0,40}}([{HAN}][{HAN} ]{{1,5}}[{HAN}]?)[ \t]{{0,8}}(?=\n|$)"
)
_LATIN = re.compile(
    r"(?:我叫|名叫|姓名|户名|联系人|本人|投诉人|收件人|签名|写的?是[\"“]|my name is|mr\.?|ms\.?|"
    r"mrs\.?)[:是为\s]{0,4}"
    r"([a-z][a-z'’.\-]{1,20}(?: [a-z][a-z'’.\-]{0,20}){0,4})"
)
_FAMILY = re.compile(
    rf"(?:我|本人|他|她|免贵|老公|老婆|丈夫|妻子|邻居|朋友)姓({'|'.join(sorted(DOUBLE))}|"
    rf"[{HAN}])(?![{HAN}]?名)"
)
_NO_NAME = _NEVER | _FOLLOWING
_LIST = re.compile(r" ?(?:[、/]|和|与|及|跟) ?")
_HOME = frozenset(words("家人 家里 家门 家属 家长 家庭 家中"))
_PARTIES = frozenset(words("对方 双方 甲方 乙方 各方 买方 卖方 多方 我方 主管 主任"))
_COUNTING = frozenset("一二两三几各这那")
_TITLE_BACK = 4
_FULL = 2


def read_names(reading, kept=frozenset()):
    """Yield unrecorded names of people, recognised by context.

    >>> from .reading import Reading
    >>> text = Reading("我母亲李四妹与邻居赵大勇（男）；李四妹去过。工作人员周洁说")
    >>> sorted({text.plain[hit.start : hit.end] for hit in read_names(text)})
    ['李四妹', '赵大勇']
    """
    plain = reading.plain
    found = {}
    for start, end in _candidates(plain):
        found.setdefault((start, end), plain[start:end])
    staff = {name for bounds, name in found.items() if _is_staff(plain, *bounds)}
    for bounds, name in found.items():
        if name not in kept and name not in staff:
            yield Hit(*bounds, "name", False)
    again = {bare_of(name) for name in {*found.values()} - staff - kept}
    for bounds in reading.occurrences_of(name for name in again if len(name) > _FULL):
        yield Hit(*bounds, "name", False)


def _candidates(plain):
    """Yield the bounds of what is called a name somewhere; staff among them."""
    for match in _DOTTED.finditer(plain):
        yield from _sounding(plain, *match.span(1))
    yield from _called(plain)
    for match in _SELF.finditer(plain):
        end = name_end(plain, match.end(), FREQUENT)
        if end and not _HAN.match(plain[end : end + 1]):
            yield match.end(), end
    for match in _TITLED.finditer(plain):
        start = _titled_start(plain, match.start())
        if start is not None:
            yield start, _named_end(plain, match)
    yield from _identified(plain)
    for pattern in (_LATIN, _FAMILY):
        for match in pattern.finditer(plain):
            yield match.span(1)


def _called(plain):
    """Yield names after words that say whose they are, and those that follow in a list."""
    for pattern, choice, runs_on in (
        (_EXPLICIT, SINGLE, False),
        (_ROLES, FREQUENT, False),
        (_DOING, FREQUENT, True),
        (_OWNING, FREQUENT, True),
    ):
        for match in pattern.finditer(plain):
            start = match.end()
            end = name_end(plain, start, choice, runs_on)
            dotted = not runs_on and _DOTTED_HERE.match(plain, start)
            if dotted:
                places = range(*dotted.span())
                end = next((place for place in places if plain[place] in _NEVER), dotted.end())
            if end:
                yield start, end
                yield from _listed(plain, end)


def _sounding(plain, start, end):
    """Yield a name of another language without the words around it, where it is one."""
    while start < end and plain[start] not in _SOUNDS:
        start += 1
    stop = next((place for place in range(start, end) if plain[place] in _NEVER), end)
    while stop > start and plain[stop - 1] not in _SOUNDS:
        stop -= 1
    name = plain[start:stop]
    if not name.isalpha() and sum(one in _SOUNDS for one in name) * 2 > len(name):
        yield start, stop


def _listed(plain, end):
    """Yield the names that follow a name in a list."""
    comma = _LIST.match(plain, end)
    while comma:
        end = name_end(plain, comma.end(), FREQUENT)
        if not end:
            return
        yield comma.end(), end
        comma = _LIST.match(plain, end)


def _identified(plain):
    """Yield names recognised by an adjacent number, an age or a signature."""
    for match in _IDENTIFIED.finditer(plain):
        for start in range(max(match.start() - _TITLE_BACK, 0), match.start() - 1):
            choice = SINGLE if _begins(plain, start) else FREQUENT
            if name_end(plain, start, choice) == match.start():
                yield start, match.start()
                break
    for match in _SIGNATURE.finditer(plain):
        if name_end(plain, match.start(1)) == match.end(1):
            yield match.span(1)


def _named_end(plain, match):
    """Return where a name before a title ends; that of 张某良 ends after its last character."""
    if match[0] == "某" and _HAN.match(plain[match.end() : match.end() + 1]):
        after = plain[match.end() + 1 : match.end() + 2]
        if not _HAN.match(after) and plain[match.end()] not in _NO_NAME:
            return match.end() + 1
    return match.start()


def _runs_on(plain, start):
    """Return whether a character ends a word that began before it: the 于 of 由于."""
    word = plain[start - 1 : start + 1] if start else ""
    return word in RUN_ON and not (word[0] == "位" and plain[start - 2 : start - 1] in _COUNTING)


def _is_ordinary(plain, start):
    """Return whether an ordinary word begins at a place."""
    return any(plain.startswith(word, start) for word in ORDINARY.get(plain[start], ()))


def _begins(plain, start):
    """Return whether a name may begin at a place: no word runs into it."""
    before = plain[start - 1 : start]
    if _runs_on(plain, start):
        return False
    return not before or not _HAN.match(before) or before in _FOLLOWING or before in _NEVER


def family_end(plain, start, choice=SINGLE):
    """Return the end of a family name at a place, or nothing.

    >>> family_end("欧阳秋水", 0), family_end("王芳", 0), family_end("的", 0)
    (2, 1, None)
    """
    if plain[start : start + 2] in DOUBLE:
        return start + 2
    return start + 1 if plain[start : start + 1] in choice else None


def name_end(plain, start, choice=SINGLE, runs_on=True):
    """Return the end of a name that begins at a place, or nothing.

    :param runs_on: refuse what is the end of a word that began before

    >>> [name_end(one, 0) for one in ("王小明说", "李明办证", "高兴的", "王芳", "欧阳秋水的房")]
    [3, 2, None, 2, 4]
    >>> [name_end(one, 0) for one in ("张家湾的", "金沙湾小区", "王福来，", "李明申请")]
    [None, None, 3, 2]
    """
    family = family_end(plain, start, choice)
    if family is None or _TITLED.match(plain, family) or (runs_on and _runs_on(plain, start)):
        return None
    if _is_ordinary(plain, start) and (runs_on or _HAN.match(plain[start + 3 : start + 4] or ".")):
        return None
    for length in (_FULL, 1):
        end = family + length
        given = plain[family:end]
        if len(given) == length and all(map(_HAN.match, given)) and _ends(plain, given, end):
            return end
    return None


def _ends(plain, given, end):
    """Return whether a given name ends at a place."""
    after = plain[end : end + 1]
    closed = not after or not _HAN.match(after)
    told = plain[end : end + 2] in _WORDS_AFTER or bool(_TITLED.match(plain, end))
    if not _NEVER.isdisjoint(given):
        seldom = len(given) > 1 and given[0] not in _NEVER and given[1] in _SELDOM
        return seldom and (closed or told)
    if given[-1] + after in _WORDS_AFTER:
        return False
    if given == "家" or given in _HOME:
        return False
    if given[-1] in _PLACES and len(given) > 1:
        return given[-1] == "家" and (closed or told or after == "的")
    if after in _PLACES and after not in _FOLLOWING:
        return False
    return closed or told or after in _FOLLOWING or len(given) > 1


def _titled_start(plain, end):
    """Return where the name before a title begins, or nothing."""
    for start in range(max(end - _TITLE_BACK, 0), end):
        if family_end(plain, start) is None:
            continue
        opens = not _HAN.match(plain[start - 1 : start] or ".")
        family = family_end(plain, start, SINGLE if opens and end - start > 1 else FREQUENT)
        if family is None or family > end:
            continue
        given = plain[family:end]
        if len(given) > _FULL or not all(map(_HAN.match, given)):
            continue
        if not _NEVER.isdisjoint(given[:1]) or not (_NEVER - _SELDOM).isdisjoint(given):
            continue
        if end - start > 1 and _is_ordinary(plain, start):
            continue
        if (
            _is_polite(plain, start, end)
            or _begins(plain, start)
            or (start == end - 1 and not _runs_on(plain, start))
        ):
            return start
    return None


def _is_polite(plain, start, end):
    """Return whether a family name alone stands before a title that nothing else stands before."""
    is_alone = end - start == 1 and plain[start - 1 : start + 1] not in _PARTIES
    return is_alone and plain.startswith(("女士", "先生", "小姐"), end)


def _is_staff(plain, start, end):
    """Return whether someone is called a member of the staff or an official."""
    return bool(_STAFF.search(plain[max(start - 10, 0) : start]) or _OFFICE.match(plain, end))
