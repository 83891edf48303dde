"""What somebody wrote in the first person, as a paper of the desk reports it (五(二)1)."""

import itertools
import re

REPORTED = "群众反映："
GREETING = re.compile(
    r"\s*(?:(?:你们?好|您好|领导好|尊敬的领导)[，,。.！!：:\s]*)?"
    r"(?:我们?(?:要|想|来)?(?:反映|投诉|说)(?:一个|一下|一件|个)?(?:情况|问题|事情|事)?[，,。.：:]\s*)?"
)
# Who speaks first, where a clerk put down what was told: “何女士来电：……”.
CALLER = re.compile(r"(?:先生|女士|同志)?(来电|来信|来访)(?:称|反映|投诉)?[，,：:]\s*")
BEGUN = re.compile(r"\s*(?:群众|投诉人|来电人|来访人|来信人|当事人|有人|反映)")
# Words with 我 that say nothing of who speaks; and what is quoted stays as it was said.
FIRST_PERSON = re.compile(
    r"(?P<quote>[“”])|(?<!自)我(?!省|市|县|区|乡|镇|村|国|局|中心|单位|公司|院|校)们?的?"
)

# Who says who they are, before the name that was found.
INTRODUCED = re.compile(r"我(?:的名字)?(?:叫|姓|是)(?=$|〔姓名〕)")


def reported(stretches):
    """Return the stretches of a text in the third person.

    What was found to identify people stays as it is, but for the name of who speaks first.

    :param stretches: as ``look_through`` has them

    >>> plain = {"text": "你好，我要反映一个情况。我去办证，被说“我不管”。", "kind": ""}
    >>> "".join(one["text"] for one in reported([plain | {"shown": ""}]))
    '群众反映：其去办证，被说“我不管”。'
    >>> name = {"text": "何英", "shown": "〔姓名〕", "kind": "name"}
    >>> said = {"text": "来电：我的材料齐全。", "shown": "", "kind": ""}
    >>> "".join(one["text"] for one in reported([name, said]))
    '群众来电反映：其材料齐全。'
    >>> said = [plain | {"text": "我叫", "shown": ""}, name, plain | {"text": "。", "shown": ""}]
    >>> "".join(one["shown"] for one in reported(said))
    '群众反映：自称〔姓名〕。'
    >>> reported([])
    []
    """
    if not "".join(one["text"] for one in stretches).strip():
        return stretches
    first, *rest = stretches
    if first["kind"] == "name" and rest and not rest[0]["kind"]:
        caller = CALLER.match(rest[0]["text"])
        if caller:
            begun = f"群众{caller[1]}反映："
            first, rest = _plain(rest[0], begun + rest[0]["text"][caller.end() :]), rest[1:]
    elif not first["kind"]:
        first = _plain(first, first["text"][GREETING.match(first["text"]).end() :])
    if first["kind"] or not BEGUN.match(first["text"]):
        lead = {**first, "kind": "", "recorded": False, "masked": False}
        rest = [first, *rest]
        first = _plain(lead, REPORTED)
    return _in_third_person([first, *rest])


def reported_text(text):
    """Return a text in the third person.

    >>> reported_text("〔姓名〕来电：我去过三次。"), reported_text("群众反映窗口无人。")
    ('群众来电反映：其去过三次。', '群众反映窗口无人。')
    >>> reported_text("")
    ''
    """
    said = (text or "").removeprefix("〔姓名〕")
    named = [{"text": "", "shown": "", "kind": "name"}] if said != (text or "") else []
    if named and not CALLER.match(said):
        said, named = text, []
    parts = reported([*named, {"text": said, "shown": said, "kind": ""}])
    return "".join(one["text"] for one in parts)


def _plain(stretch, text):
    return {**stretch, "text": text, "shown": text}


def _in_third_person(stretches):
    """Change the plain stretches; a quotation may go on over what was found in it."""
    depth = 0

    def said(match):
        nonlocal depth
        if match["quote"]:
            depth += 1 if match["quote"] == "“" else -1
            return match[0]
        return match[0] if depth > 0 else "其"

    result = []
    for one, following in itertools.zip_longest(stretches, stretches[1:]):
        introduced = following is None or following["kind"] == "name"
        text = INTRODUCED.sub("自称", one["text"]) if introduced else one["text"]
        text = FIRST_PERSON.sub(said, text)
        result.append(one if one["kind"] else _plain(one, text))
    return result
