# What a clerk is shown while writing: complaints of the same window, staff member, complainant, and
# in similar words. The past 90 days are the same at both sizes; the archive is not.
import time

from odoo.fields import Domain

from bench.shared.measuring import SIZES, clean_up, explain, grown, multiply
from odoo.addons.kaiyang_complaint.models.intake.similar_complaints import SimilarComplaints

RECENT = 10_000
WINDOWS, STAFF = 60, 200
AIM = 10
INDEX = "helpdesk_ticket_reason_text_trigrams"
TABLES = ("helpdesk_ticket", "complaint_respondent")
# A desk hears the same things in few words; what stands between them differs. With these the index
# brings up one complaint in some hundreds, more than it does among real petitions.
PHRASES = """
不动产转移登记 抵押注销登记 房屋赠与登记 新生儿入户 身份证换领 护照办理 驾驶证换证
车辆年检 社保转移 医保报销 养老金认证 失业登记 公积金提取 公积金贷款 营业执照变更
企业注销 食品经营许可 卫生许可 税务登记 发票领用 完税证明 施工许可 用电报装 取水许可
低保复核 残疾人证 老年优待证 婚姻登记 宅基地审批 农机检验 道路运输证 特种设备登记
档案查询 门牌号申请 排污登记 林木采伐 就业补贴 学籍转移 独生子女证 户口迁移

今天一大早 上周三下午 昨天中午 节前最后一天 本月初 前天下班前 周五三点半 连续两天
第三次来 第一次来

前台 窗口 柜台 工作人员 经办人 值班的 年轻人 女同志 负责人 保安

等了两个多小时 没有人叫号 头也不抬 把材料推出来 说系统坏了 让我明天再来
每次都说还差一样 摆着暂停服务的牌子 一边玩手机一边聊天 不肯一次性告知 不给受理回执
让我去别的窗口 说没有人签字 要清单上没有的证明 大声训斥 不到点就不叫号 超过了承诺时间
让我去问律师 插队的人先办了 电话一直没有人接 扔出来说字写不清楚 让我去外面填表

我 孩子 老人 家里人 公司 邻居 买家 银行 厂里 村里

误了一天工 耽误上学 来回折腾 花了车费 催着要证明 要退房 交了罚款 扣了奖金 合同快到期
等着报销 没有答复 没睡着

要求 希望 请 恳请 建议 强烈要求 盼望 请求

赔礼道歉 尽快办结 增加窗口 查看监控 贴出清单 领导来看看 说明依据 给书面说法 加强培训
换人办理 公开流程 延长时间
"""
WORDS = 2_000

room = env.ref("kaiyang_complaint.team_complaint_room")
clerk = env["res.users"].create(
    {
        "name": "bench_clerk",
        "login": "bench_clerk",
        "group_ids": [(6, 0, [env.ref("kaiyang_complaint.group_complaint_clerk").id])],
    }
)
room.user_ids += clerk
unit = env["complaint.window.unit"].create({"name": "不动产登记中心", "code": "BENCH"})
windows = env["complaint.window"].create(
    [{"number": f"B{n}", "name": "登记", "unit_id": unit.id} for n in range(WINDOWS)]
)
staff = env["complaint.window.staff"].create(
    [{"name": f"张{n}", "window_id": windows[n % WINDOWS].id} for n in range(STAFF)]
)
sample = (
    env["helpdesk.ticket"]
    .with_user(clerk)
    .create(
        {
            "team_id": room.id,
            "channel_id": env.ref("kaiyang_complaint.channel_phone").id,
            "partner_name": "张三",
            "complainant_phone": "13812345678",
            "window_id": windows[0].id,
            "service_item": "公积金提取",
            "description": "<p>昨天中午去，柜台把材料推出来，孩子耽误上学，要求说明依据。</p>",
            "respondent_ids": [(0, 0, {"staff_id": staff[0].id})],
        }
    )
)


def one_of(choices):
    """Return the SQL that draws one of some words."""
    listed = ", ".join(f"'{choice}'" for choice in choices)
    return f"(ARRAY[{listed}])[1 + floor(random() * {len(choices)})::int]"


def story():
    """Return the SQL that draws a complaint: one of each phrase, words of its own between."""
    own = one_of([chr(0x4E10 + n * 7) + chr(0x6210 + n * 5) for n in range(WORDS)])
    parts = [one_of(phrases.split()) for phrases in PHRASES.split("\n\n")]
    mixed = [part for phrase in parts for part in (phrase, own)]
    return " || ".join(mixed)


def add_stored(first, last):
    """Shelve complaints; those beyond the recent ones came in one after the other long ago."""
    numbers = f"generate_series({first}, {last}) AS n"
    ago = f"CASE WHEN n <= {RECENT} THEN n % 90 ELSE 91 + n / 300 END * interval '1 day'"
    multiply(
        sample,
        numbers,
        number="'OLD-' || n",
        complaint_state="'closed'",
        received_at=f"model.received_at - {ago}",
        window_id=f"{windows[0].id} + n % {WINDOWS}",
        complainant_phone_key="(13900000000 + n)::text",
        reason_text=story(),
    )
    multiply(
        sample.respondent_ids,
        "(SELECT id, received_at, split_part(number, '-', 2)::int AS n FROM helpdesk_ticket "
        f"WHERE number LIKE 'OLD-%') AS ticket JOIN generate_series({first}, {last}) AS k ON k = n",
        ticket_id="ticket.id",
        received_at="ticket.received_at",
        staff_id=f"{staff[0].id} + n % {STAFF}",
    )


def add_stored_fast(first, last):
    """Shelve complaints without the trigram index, and build that at once: it saves minutes."""
    env.cr.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [INDEX])
    (definition,) = env.cr.fetchone()
    env.cr.execute(f"DROP INDEX {INDEX}")
    add_stored(first, last)
    env.cr.execute("SET LOCAL maintenance_work_mem = '512MB'")
    start = time.perf_counter()
    env.cr.execute(definition)
    print(f"repeats: {last:>9,} stored: built the trigrams in {time.perf_counter() - start:.0f} s")


def draft():
    """Return what a clerk is writing: nothing of it is saved."""
    return (
        env["helpdesk.ticket"]
        .with_user(clerk)
        .new(
            {
                "team_id": room.id,
                "company_id": env.company.id,
                "window_id": windows[3].id,
                "complainant_phone": f"{13900000000 + 3}",
                "description": sample.description,
                "service_item": sample.service_item,
                "respondent_ids": [(0, 0, {"staff_id": staff[3].id})],
            }
        )
    )


def by_sign(sign):
    """Return the search for one sign of repetition."""

    def search():
        similar = SimilarComplaints(draft())
        recent = Domain("received_at", ">=", similar.since())
        domain = similar.earlier() & recent & similar.signs()[sign]
        return len(similar.tickets.search(domain, order="received_at desc", limit=50))

    return search


def by_words():
    return len(SimilarComplaints(draft()).find_by_words())


def by_scan():
    """Search for similar words without the index: what it is measured against."""
    with env.cr.savepoint():
        env.cr.execute("SET LOCAL enable_bitmapscan = off")
        found = by_words()
        env.cr.execute("SET LOCAL enable_bitmapscan = on")
    return found


def everything():
    return len(SimilarComplaints(draft()).find())


ACTS = {
    "same window": by_sign("window"),
    "same staff member": by_sign("staff"),
    "same complainant": by_sign("phone"),
    "similar words": by_words,
    "similar words by a scan": by_scan,
    "all at once, as on the form": everything,
}
env.flush_all()
took = grown(env, "repeats", ACTS, TABLES, add_stored_fast)
faster = took["similar words by a scan"][-1] / took["similar words"][-1]
verdict = "reaches" if faster >= AIM else "MISSES"
print(
    f"repeats: the index {verdict} {AIM} times the speed of a scan at {SIZES[-1]:,}: × {faster:.0f}"
)
similar = SimilarComplaints(draft())
explain(env, similar.tickets._search(similar.earlier() & similar.in_similar_words()))
clean_up(env, TABLES)
