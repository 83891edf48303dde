"""Made-up texts in the style of petitions: of each piece it is known whether it identifies."""

import random
from typing import NamedTuple

from stdnum import luhn
from stdnum.cn import ric

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢"
    "姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤"
)
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "皇甫")
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉梅建国志红文斌辉玲桃凤珍春燕海燕晓东"
    "雪琴佳俊峰淑贞永福来顺"
    "德贵小妹云鹏飞宏图正义光荣思远子轩雨欣一鸣家坤江山水生"
)
FOREIGN = (
    "买买提·吐尔逊江",
    "阿卜杜热合曼·买买提依明",
    "古丽努尔·艾合买提",
    "Jean-Baptiste Moreau",
    "Nguyen Van Thanh",
)
ROADS = ("东大街", "环城北路", "紫江路", "开州大道", "磷都大道", "文化巷", "解放路", "南山二路")
ESTATES = ("翠湖花园", "紫兴小区", "东方家园", "金阳新村", "望城公寓", "和平家属院", "蓝天雅苑")
VILLAGES = ("双流镇白安营村", "城关镇鱼上村", "冯三镇毛力村", "龙岗镇大水村", "楠木渡镇黄木村")
NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
CAPITALS = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
DOTS = "·•・‧．."

# {r:…} is recorded of the case, {u:…} is not, {k:…} has to stay.
OPENINGS = (
    "尊敬的领导：您好！我叫{me:name}，是本县居民，现就办事遇到的问题反映如下。",
    "领导好，本人{me:name}，身份证号{me:id}，家住{me:address}。",
    "你好，我要反映一个情况，我姓{me:family}，电话{me:phone}。",
    "您好，我是{me:address}的住户{me:name}，联系电话：{me:phone}，希望得到重视。",
    "群众来电反映，其于{k:date}到政务服务中心办事，等了两个多小时。",
    "投诉人：{me:name}，手机{me:phone}，现在{me:employer}上班。",
    "我是外地人，温馨提示说可以网上办，结果白跑了三趟，实在不方便。",
    "{k:date}上午{k:time}，我到{k:window}窗口办理{k:matter}，取号{k:ticket}。",
)
BODY = (
    "窗口工作人员{k:staff}态度冷淡，一直低头看手机，我问了三遍才说材料不齐。",
    "{k:window}号窗口的{k:staff}让我先去{k:unit}开证明，{k:unit}又说不用开，来回推诿。",
    "办件编号{k:case}，受理通知书号{k:paper}，到现在还没有结果。",
    "按规定{k:days}个工作日办结，缴费{k:amount}元，已经过去一个多月了，钱也交了，证还没拿到。",
    "我给窗口打电话{k:hotline}，马上就被挂断，高峰时段根本打不通，拨12345也没用。",
    "当天代{u:name}办理社保转移，带了委托书和身份证（{u:id}），工作人员还是不认。",
    "我母亲{u:name}今年八十三岁，行动不便，身份证{u:id}，只能由我代办。",
    "同去的邻居{u:name}可以作证，他的电话是{u:phone}。",
    "那套房子是我与{u:name}的共同房产，地址在{u:address}，合同号{k:contract}。",
    "后来一位{u:family}女士帮我填的表，她说她也等了很久。",
    "车主{u:name}，车牌{u:plate}，过户材料退了两次，要求补充的东西每次都不一样。",
    "退费请打到银行卡{u:card}，开户名{me:name}，以前登记的账号已经不用了。",
    "请把结果发到邮箱{u:mail}，或者加微信{u:wechat}告诉我。",
    "我的QQ号{u:qq}，有录音和照片可以提供，时间是{k:date}。",
    "联系人：{u:name}，联系电话：{u:phone}。",
    "我丈夫{u:name}（身份证号：{u:id}）的养老保险一直没有转过来。",
    "家里电话{u:landline}，白天没人，晚上可以打。",
    "寄件地址：{u:address}，收件人：{u:name}。",
    "办证大厅A区二楼{k:window}号窗口贴着公告，张贴的时间是{k:date}，金额写的是{k:amount}元。",
    "请核实{k:unit}为什么安排两个窗口只开一个，许多老人站着等，周末也不开。",
    "旁边{u:name}（男，{k:age}岁）也遇到同样的情况，他家住{u:address}。",
    "我又打了{me:phone}登记回访，至今没有回音，真的很着急。",
    "当时和我一起排队的还有同事{u:name}、{u:name}两人，都可以证明。",
    "窗口说我的姓名{me:name}和系统不一致，让我回户籍所在地派出所开证明。",
    "材料上写的是“{me:name}”，结果打印成别的字，明显是录入错误。",
    "我老公姓{u:family}，他在外面打工，请不要打他电话{u:phone}。",
    "请给{u:family}先生回电话{u:phone}，他是这件事的委托人。",
    "本来高高兴兴去办证，结果被告知系统升级，方便群众成了一句空话，全部材料要重新申请。",
    "小明白了这个道理，王牌窗口也不过如此，张口就是不行，任何解释都没有，何时能改？",
    "合同于{k:date}签订，面积{k:area}平方米，总价{k:amount}元，税费{k:amount}元。",
    "窗口告知需要{k:unit}盖章，{k:unit}在三楼{k:room}室，跑上跑下，钟头都过去了。",
    "关于{k:matter}的流程，公示栏写得很简单，实际经办人说要看情况，尤其是周五下午。",
    "房东{u:name}不愿意提供身份证复印件，问能不能用租房合同代替。",
    "死者{u:name}是我的父亲，我去注销户口，证件号{u:id}。",
    "帮我朋友{u:name}咨询公积金提取，他的卡号是{u:card}。",
    "孩子{u:name}今年上小学，学区是{u:address}，报名被拒。",
    "微信号：{u:wechat}，也可以发短信到{u:phone}。",
    "我的车{u:plate}停在大厅门口，保安{k:staff}不让停，说要收{k:amount}元。",
    "{u:name}师傅说他也被收了{k:amount}元复印费。",
    "我们单位{me:employer}统一办的，经办的事项是{k:matter}，单号{k:contract}。",
)
CLOSINGS = (
    "请尽快处理并回复，谢谢！\n{me:name}\n{k:date}",
    "盼复。投诉人：{me:name}，电话{me:phone}。",
    "希望有关部门严肃处理，还群众一个公道。此致 敬礼！",
    "回电请打{me:phone}，地址{me:address}。",
    "以上情况属实，签名：{me:name}",
    "我的身份证号{me:id}，可以核对，谢谢领导。",
    "请不要泄露我的个人信息，我怕被打击报复。",
)
STAFF = ("周洁", "吴建华", "李晓梅", "张大山", "罗建国", "郑小燕")
UNITS = ("县人社局", "县不动产登记中心", "县市场监管局", "县医保局", "县公安局户政窗口")
MATTERS = (
    "二手房转移登记",
    "个体工商户注册登记",
    "城乡居民医保参保",
    "机动车过户",
    "身份证补领",
    "低保申请",
)
EMPLOYERS = ("开阳磷城机械厂", "县第三中学", "鑫源商贸有限公司", "宏达建筑劳务公司")
HOTLINE = "0851-87253281"


class Piece(NamedTuple):
    """A stretch of a text; ``sort`` is ``recorded``, ``unrecorded`` or ``readable``."""

    text: str
    sort: str
    kind: str


class Text(NamedTuple):
    """A text in pieces, with the arguments of ``Known``."""

    pieces: tuple
    names: tuple
    numbers: tuple
    places: tuple
    kept: tuple

    @property
    def text(self):
        """The whole text."""
        return "".join(piece.text for piece in self.pieces)


class Writer:
    """Writes texts: the same seed gives the same ones."""

    def __init__(self, seed):
        self.rng = random.Random(seed)

    def texts(self, count):
        """Yield some texts; of every third nothing of the complainant is on record."""
        for number in range(count):
            yield self._text(is_recorded=number % 3 != 2)

    def _text(self, is_recorded):
        rng = self.rng
        me = {
            "name": self.name(foreign=0.08),
            "phone": self.mobile(),
            "id": self.identity(),
            "address": self.address(),
            "employer": rng.choice(EMPLOYERS),
        }
        me["family"] = me["name"][:2] if me["name"][:2] in COMPOUND else me["name"][:1]
        bodies = rng.sample(BODY, rng.randint(4, 9))
        openings = [one for one in OPENINGS if me["name"] not in FOREIGN or "family" not in one]
        parts = (rng.choice(openings), *bodies, rng.choice(CLOSINGS))
        pieces = [piece for part in parts for piece in self._fill(part, me, is_recorded)]
        if not is_recorded:
            return Text(tuple(pieces), (), (), (), (*STAFF, HOTLINE, *UNITS))
        title = rng.choice(("", "女士", "先生", "（女士）", "（本人）"))
        numbers = (rng.choice(("", "+86 ")) + me["phone"], me["id"])
        places = (me["address"], me["employer"])
        return Text(
            tuple(pieces), (me["name"] + title,), numbers, places, (*STAFF, HOTLINE, *UNITS)
        )

    def _fill(self, template, me, is_recorded):
        """Yield the pieces of a template."""
        rest = template
        while "{" in rest:
            before, _brace, rest = rest.partition("{")
            slot, _brace, rest = rest.partition("}")
            who, _colon, kind = slot.partition(":")
            yield Piece(before, "readable", "words")
            if who == "k":
                yield Piece(self._readable(kind), "readable", kind)
            else:
                yield from self._identifier(who, kind, me, is_recorded)
        yield Piece(rest, "readable", "words")

    def _identifier(self, who, kind, me, is_recorded):
        if who == "u":
            value, sort = getattr(self, f"other_{kind}")(), "unrecorded"
        else:
            value, sort = me[kind], "recorded" if is_recorded else "unrecorded"
            writing = getattr(self, f"write_{kind}", None)
            if writing and is_recorded:
                value = writing(value)
        if kind == "employer" and not is_recorded:
            sort = "readable"
        yield Piece(value, sort, kind)

    # --- who -------------------------------------------------------------------------------------

    def name(self, foreign=0.0):
        rng = self.rng
        if rng.random() < foreign:
            return rng.choice(FOREIGN)
        family = rng.choice(COMPOUND) if rng.random() < 0.05 else rng.choice(SURNAMES)
        return family + "".join(rng.sample(GIVEN, rng.choice((1, 2, 2, 2))))

    def other_name(self):
        return self.name()

    def other_family(self):
        return self.rng.choice(COMPOUND) if self.rng.random() < 0.1 else self.rng.choice(SURNAMES)

    def mobile(self):
        rng = self.rng
        return rng.choice(("13", "15", "18", "17", "19")) + "".join(rng.choices("0123456789", k=9))

    def other_phone(self):
        return self.write_phone(self.mobile())

    def other_landline(self):
        digits = "".join(self.rng.choices("0123456789", k=7))
        return self.rng.choice(("0851-8{}", "08518{}", "(0851)8{}", "0851 8{}", "8{}")).format(
            digits
        )

    def identity(self):
        rng = self.rng
        county = rng.choice(("520121", "520102", "510105", "430102", "330106", "110101"))
        born = f"{rng.randint(1935, 2004)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
        number = f"{county}{born}{rng.randint(0, 999):03d}"
        return number + ric.calc_check_digit(number + "0")

    def other_id(self):
        return self.write_id(self.identity())

    def address(self):
        rng = self.rng
        county = rng.choice(("", "开阳县", "贵阳市云岩区", "贵州省贵阳市开阳县"))
        road = f"{rng.choice(ROADS)}{rng.randint(1, 300)}号"
        estate = f"{rng.choice(ESTATES)}{rng.randint(1, 30)}{rng.choice('栋幢')}"
        room = f"{rng.randint(1, 4)}单元{rng.randint(1, 18)}{rng.randint(1, 4):02d}"
        room += rng.choice(("室", "号", ""))
        group = f"{rng.choice(VILLAGES)}{rng.choice('一二三四五六七')}组"
        return county + rng.choice((road, estate + room, group, road + estate + room))

    def other_address(self):
        return self.address()

    def other_plate(self):
        rng = self.rng
        tail = "".join(rng.choices("0123456789", k=4))
        letter = rng.choice("ABDFGHJK")
        return rng.choice(
            ("贵{0}{1}8", "贵{0}·{1}K", "贵{0}D{1}6", "川{0} {1}P", "贵{0}-{1}9")
        ).format(letter, tail)

    def other_card(self):
        digits = "62" + "".join(self.rng.choices("0123456789", k=16))
        digits += luhn.calc_check_digit(digits)
        if self.rng.random() < 0.5:
            return digits
        return " ".join(digits[place : place + 4] for place in range(0, len(digits), 4))

    def other_mail(self):
        rng = self.rng
        user = rng.choice(("wang.fang", "lixm_88", "zhang1990", "139abc", "Chen-Yu"))
        return user + rng.choice(("@qq.com", "＠163.com", "@example.com.cn", "@126．com"))

    def other_wechat(self):
        return self.rng.choice(
            ("wxid_8k2m9", "lixm-1988", "zhangsan666", "Chen_yu520", self.mobile())
        )

    def other_qq(self):
        return "".join(self.rng.choices("123456789", k=self.rng.randint(6, 10)))

    # --- how it is written -----------------------------------------------------------------------

    def write_name(self, name):
        """Write a recorded name in one of the ways that are met."""
        rng = self.rng
        if name in FOREIGN:
            return name if name.isascii() else name.replace("·", rng.choice((*DOTS, "")))
        return rng.choice(
            (name, name, name, name, " ".join(name), name[0] + " " + name[1:], name + "\u200b")
        )

    def write_phone(self, number):
        rng = self.rng
        first, second, third = number[:3], number[3:7], number[7:]
        return rng.choice(
            (
                number,
                number,
                number,
                number.translate(WIDE),
                f"{first}-{second}-{third}",
                f"{first} {second} {third}",
                f"{first}{second} {third}",
                f"+86 {first} {second} {third}",
                f"86-{number}",
                f"86{number}",
                number.translate(NUMERALS),
                number.translate(NUMERALS).replace("一", "幺"),
                number.translate(CIRCLED),
                f"{first}.{second}.{third}",
                f"{first}—{second}—{third}",
                " ".join(number),
                f"{first}（{second}）{third}",
                number.translate(CAPITALS),
            )
        )

    def write_id(self, number):
        rng = self.rng
        parts = (number[:6], number[6:14], number[14:])
        return rng.choice(
            (
                number,
                number,
                number,
                number.translate(WIDE),
                " ".join(parts),
                "-".join(parts),
                number.lower(),
            )
        )

    def write_address(self, address):
        return self.rng.choice((address, address, address.removeprefix("贵州省贵阳市")))

    # --- what stays ------------------------------------------------------------------------------

    def _day(self):
        return f"2026{self.rng.randint(1, 12):02d}{self.rng.randint(1, 28):02d}"

    def _readable(self, kind):
        rng = self.rng
        choices = {
            "date": (
                f"2026年{rng.randint(1, 12)}月{rng.randint(1, 28)}日",
                f"2026-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
                f"2026.{rng.randint(1, 12)}.{rng.randint(1, 28)}",
                f"{rng.randint(1, 12)}月{rng.randint(1, 28)}号",
            ),
            "time": (f"{rng.randint(8, 17)}:{rng.randint(0, 59):02d}", f"{rng.randint(8, 17)}点半"),
            "window": (
                f"A{rng.randint(1, 40):02d}",
                f"{rng.randint(1, 40)}",
                f"B区{rng.randint(1, 20)}",
            ),
            "ticket": (f"A{rng.randint(1, 200):03d}",),
            "matter": MATTERS,
            "staff": STAFF,
            "unit": UNITS,
            "case": (f"520121{self._day()}{rng.randint(0, 9999):04d}",),
            "paper": (f"{self._day()}{rng.randint(0, 999999999):09d}",),
            "contract": (
                f"HT2026{rng.randint(0, 99999):05d}",
                f"2026{rng.randint(0, 99999999):08d}",
            ),
            "days": ("5", "十五", "20"),
            "amount": (
                f"{rng.randint(10, 9999)}",
                f"{rng.randint(100000, 999999)}",
                f"{rng.randint(1, 99999)}.50",
            ),
            "area": (f"{rng.randint(60, 180)}.{rng.randint(0, 99):02d}",),
            "age": (f"{rng.randint(20, 90)}",),
            "room": (f"{rng.randint(301, 320)}",),
            "hotline": (HOTLINE, HOTLINE.replace("-", " "), HOTLINE.replace("-", "")),
        }
        return rng.choice(choices[kind])
