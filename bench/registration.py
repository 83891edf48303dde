# Registration of a complaint against an ordinary ticket of another team: time and queries.
from statistics import median

from odoo import Command

from bench.shared.measuring import measured

SINGLE = 40
BATCH = 2000
AIM = 1.5
REASON = "<p>取号后等了两个小时，窗口人员没有一次性告知，材料退了三次。</p>"

user = env["res.users"].create(
    {
        "name": "李受理",
        "login": "bench_clerk",
        "group_ids": [
            Command.set(
                [
                    env.ref("kaiyang_complaint.group_complaint_clerk").id,
                    env.ref("helpdesk_mgmt.group_helpdesk_manager").id,
                ]
            )
        ],
    }
)
room = env.ref("kaiyang_complaint.team_complaint_room")
other = env["helpdesk.ticket.team"].create({"name": "IT"})
(room + other).user_ids += user
unit = env["complaint.window.unit"].create({"name": "不动产登记中心", "code": "BENCH"})
window = env["complaint.window"].create({"number": "B1", "name": "登记", "unit_id": unit.id})
staff = env["complaint.window.staff"].create({"name": "王小梅", "window_id": window.id})
tickets = env["helpdesk.ticket"].with_user(user)
common = {"partner_name": "张三", "description": REASON}


def ticket(_place):
    return {**common, "name": "打印机坏了", "team_id": other.id}


def complaint(_place):
    return {
        **common,
        "team_id": room.id,
        "channel_id": env.ref("kaiyang_complaint.channel_phone").id,
        "complainant_phone": "13812345678",
        "window_id": window.id,
        "service_datetime": "2026-03-02 02:30:00",
        "service_item": "转移登记",
        "no_recording_reason": "不同意录音",
        "respondent_ids": [Command.create({"staff_id": staff.id})],
    }


def bare(place):
    """Return a complaint as an import brings it: without respondent, window, matter."""
    web = {"name": "窗口无人", "external_ref": f"BENCH-{place}", "team_id": room.id}
    return {**common, **web, "channel_id": env.ref("kaiyang_complaint.channel_web").id}


def in_turn(**acts):
    """Measure acts in turn, so that what else the machine does weighs on all of them alike."""
    runs = {name: [] for name in acts}
    for place in range(-5, SINGLE):
        for name, act in acts.items():
            figures = measured(env, lambda act=act, place=place: act(place))[:2]
            if place >= 0:
                runs[name].append(figures)
    return {
        name: tuple(median(values) for values in zip(*figures, strict=True))
        for name, figures in runs.items()
    }


def batch(make):
    rows = [make(place + SINGLE) for place in range(BATCH)]
    took, queries, _created = measured(env, lambda: tickets.create(rows))
    return took / BATCH, queries / BATCH


def show(title, figures, base=None):
    ratio = f"   × {figures[0] / base[0]:.2f}" if base else ""
    print(f"registration: {title:<34} {figures[0]:7.2f} ms {figures[1]:7.2f} queries{ratio}")


drafts = iter(tickets.create([complaint(place) for place in range(SINGLE + 5)]))
singly = in_turn(
    plain=lambda place: tickets.create(ticket(place)),
    phone=lambda place: tickets.create(complaint(place)),
    web=lambda place: tickets.create(bare(place)),
    accept=lambda _place: next(drafts).action_accept(),
)
plain, ours = singly["plain"], singly["phone"]
show("plain ticket, one at a time", plain)
show("complete phone draft", ours, plain)
show("web draft without elements", singly["web"], plain)
show("acceptance of a phone draft", singly["accept"], plain)
plain_batch, ours_batch = batch(ticket), batch(complaint)
show(f"plain ticket, {BATCH} at a time", plain_batch)
show(f"complete phone draft, {BATCH}", ours_batch, plain_batch)
show(f"web draft, {BATCH}", batch(bare), plain_batch)
ratios = ours[0] / plain[0], ours_batch[0] / plain_batch[0]
verdict = "within" if max(ratios) <= AIM else "MISSES"
print(f"registration: × {ratios[0]:.2f} singly, × {ratios[1]:.2f} in batches: {verdict} × {AIM}")
env.cr.rollback()
