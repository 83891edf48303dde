"""Where people live, down to the room; halls, windows and offices stay readable."""

import re

from .reading import Hit, bare_of

HAN = "\u3400-\u9fff\U00020000-\U000323af"
_FEW = "[一二三四五六七八九十百零〇]{1,5}"
_NUMBER = rf"(?:附?\d{{1,5}}(?:-\d{{1,4}}){{0,2}}|{_FEW}|[a-z]-?\d{{0,4}}|[甲乙丙丁东西南北])"
_ROOM = r"(?:[a-z]-?)?(?:\d{3,4}|[一二三四五六七八九〇零]{3,4})"
_NO_ROOM = r"(?!间|子|产|屋|贷|东|租|价|管|款|改|地)"
# The parts of a dwelling from the house number on.
_PART = re.compile(
    rf"(?P<house>(?<=[路街巷弄道同村寨屯庄坊组区苑园院里]){_NUMBER}号(?!楼|窗|线|公|柜|文|令|厅|"
    rf"地块))"
    rf"|(?P<group>(?<=[村寨屯庄坝坡冲湾坪沟岭居区]){_NUMBER}[组队])"
    rf"|(?P<block>{_NUMBER}(?:栋|幢|号楼|座(?![的位椅谈])))"
    rf"|(?P<unit>{_NUMBER}单元)"
    rf"|(?P<room>{_ROOM}(?:室|房{_NO_ROOM}|号房))"
    r"|(?P<dashed>(?<=[区苑园城府墅寓厦院邸栋期])(?:\d{1,3}-){1,3}\d{3,4}(?![\d年月日-]))"
)
_MORE = re.compile(
    rf"[ ,，]{{0,2}}(?:附?\d{{1,4}}号(?!窗|线|公|台|柜|文|令|机|厅)|{_NUMBER}(?:栋|幢|号楼|座|"
    rf"单元|组)"
    rf"|{_NUMBER}(?:层|楼)(?!窗|大|盘|道|梯|房)|{_ROOM}(?:室|户|号|房{_NO_ROOM})"
    r"|(?:\d{1,2}-){1,2}\d{3,4}(?![\d年月日-])|"
    r"(?<=[栋幢楼元座层])\d{3,4}(?![\d年元块人户个米㎡多余平]))"
)
# What stands before an address and is no part of it.
_STOP = re.compile(
    r"[^\w-]|[在住于到是系址的了我他她你您们从至往去把将给请及与跟或叫被让因找离靠租买卖购搬\ufffc]"
    r"|和(?![平谐顺睦美])|向(?![阳荣前])|为(?!民)|对(?!门)|由(?!义)"
    r"|附近|对面|旁边|隔壁|现场|业主|投诉|反映|举报|家里|房子|目前|之前|本人|小孩"
)
# What places end with, before a house number.
_PLACE = re.compile(
    rf"[{HAN}a-z\d]{{0,12}}?(?:自治[州县区旗]|街道办?(?:事处)?|村委会|小区|社区|大道|胡同|花园|"
    rf"家园|公寓|新村|广场|世家|公馆|名邸|"
    r"安置[点房区]|家属[院楼区]|宿舍区?|"
    r"[省市州盟县区旗镇乡村寨屯庄组队路街巷弄道苑园府城湾坪坝冲郡邸墅寓厦院坊里居期号栋])"
)
_LONGEST_PLACE = 7
_WINDOW = 40
# Places of offices and of the hall.
_PUBLIC = re.compile(
    r"(?:大厅|窗口|中心|局|办公室|办公楼|法院|医院|学校|派出所|银行|税务所?|公证处|委员会|政府|"
    r"支行|分理处|营业厅|服务站|"
    rf"会议室|办事处|柜台|单位|办公区|大楼|中学|小学|{_NUMBER}[楼层])$"
)
_PUBLIC_AFTER = re.compile(
    r"号?(?:窗口|柜台|柜|大?厅|办公室|会议室|公交|教室|病[房室床]|机位|诊室)"
)
_ROADS = re.compile(r"(?:国|省|县|高速公|铁|公|地块)[路道]$")
_DWELLS = re.compile(
    r"(?:住|家|租|户籍|地址|住址|住所|居住|搬|回|位于|坐落|"
    r"户口)[:在于是为址到]{0,3}[^,，。;；、\n]{0,24}$"
)
_RESIDENT = re.compile(r"的?(?:业主|住户|居民|村民|房东|租客|老人|住家)")
_EMPLOYER = re.compile(
    r"(?:公司|厂|店|学校|[中小大]学|幼儿园|医院|局|银行|所|中心|集团|合作社|超市|酒店|宾馆|部|"
    r"委|办|站|馆)$"
)
SHORTEST = 3
# Fine parts by which a recorded address is known alone.
_PIECE = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:村(?!镇)|寨|小区|花园|家园|公寓|苑|新村|家属院|安置[点房]|名邸|公馆)"
    r"|[\u4e00-\u9fff]{1,6}?(?:路|街|大道|巷|弄)附?\d{1,5}号"
)
_ADMINISTRATIVE = re.compile(
    r"^(?:[^省]{2,7}(?:省|自治区))?(?:[^市州]{2,10}(?:市|州))?(?:[^县区市]{1,10}(?:自治县|县|市|"
    r"区(?!$)))?"
    r"(?:[^镇乡]{1,6}(?:镇|乡|街道(?:办事处)?))?"
)


def place_keys(raw):
    """Return what of a recorded address or employer is searched for, the longest first.

    >>> place_keys("开阳县城关镇东大街12号3栋2单元501室")
    ['开阳县城关镇东大街12号3栋2单元501室', '东大街12号3栋2单元501室', '东大街12号']
    >>> place_keys("某县翠湖花园3栋"), place_keys("县第一中学"), place_keys("开阳县")
    (['某县翠湖花园3栋', '翠湖花园3栋', '翠湖花园'], ['县第一中学'], ['开阳县'])
    """
    whole = bare_of(raw)
    found = {whole}
    rest = _ADMINISTRATIVE.sub("", whole)
    if rest and rest != whole and re.search(r"\d|[村寨区园苑院]", rest):
        found.add(rest)
    found.update(_PIECE.findall(rest))
    return sorted((key for key in found if len(key) >= SHORTEST), key=len, reverse=True)


def read_recorded_places(reading, raws):
    """Yield what reads like a recorded address or employer, or its fine parts."""
    for raw in raws:
        for key in place_keys(raw):
            kind = "employer" if _EMPLOYER.search(key) else "address"
            for bounds in reading.occurrences(key):
                yield Hit(*bounds, kind, True)


def read_dwellings(reading):
    """Yield dwellings: house, block and room with the places named before them.

    >>> from .reading import Reading
    >>> def told(text):
    ...     return [text[hit.start : hit.end] for hit in read_dwellings(Reading(text))]
    >>> told("我住在城关镇东大街12号3栋2单元501室，去A区3号窗口"), told("家住双流村三组")
    (['城关镇东大街12号3栋2单元501室'], ['双流村三组'])
    >>> told("政务大厅2楼203室的12号窗口"), told("小区8栋旁边"), told("210国道12号")
    ([], [], [])
    """
    plain = reading.plain
    done = 0
    for match in _PART.finditer(plain):
        if match.start() < done:
            continue
        end, parts = match.end(), 1
        more = _MORE.match(plain, end)
        while more:
            end, parts = more.end(), parts + 1
            more = _MORE.match(plain, end)
        done = end
        start = place_start(plain, match.start())
        if _is_dwelling(plain, match, start, end, parts):
            yield Hit(start, end, "address", False)


def place_start(plain, start):
    """Return where the names of places begin that stand right before a house number.

    >>> place_start("我反映开阳县城关镇东大街", 12), place_start("但12", 1)
    (3, 1)
    """
    first = max(start - _WINDOW, 0)
    for stop in _STOP.finditer(plain, first, start):
        first = stop.end()
    places = []
    for place in _PLACE.finditer(plain, first, start):
        if places and place.start() != places[-1].end():
            places = []
        places.append(place)
    if not places or places[-1].end() != start:
        return start
    begin = places[0].start()
    return max(begin, places[0].end() - _LONGEST_PLACE)


def _is_dwelling(plain, match, start, end, parts):
    """Return whether a match is a dwelling, not a window, an office or a road number."""
    before = plain[max(start - 30, 0) : start]
    place = plain[start : match.start()]
    if _PUBLIC_AFTER.match(plain, end) or _PUBLIC.search(before + place):
        return False
    kind = match.lastgroup
    if kind in ("house", "group"):
        return bool(place) and not _ROADS.search(place)
    if kind == "dashed":
        return bool(place)
    dwells = bool(_DWELLS.search(before) or _RESIDENT.match(plain, end))
    named = len(place) > SHORTEST or dwells
    if parts == 1 and kind == "block":
        return len(place) > SHORTEST and dwells
    if parts == 1:
        return named and dwells
    return named or bool(re.search(r"单元|室|房|\d{3,4}$", plain[match.start() : end]))
