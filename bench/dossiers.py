# Archiving dossiers: 1, 50 and 500 of a typical case, each checked, numbered, bound and kept.
import io
import pathlib
import re
import time

import pikepdf
from odoo import Command
from PIL import Image

SIZES = (1, 50, 500)
AIM = 1.2
MEGABYTE = 1024 * 1024
GROUP = "kaiyang_complaint.group_complaint_"
REPLY = {
    "facts": "经查，群众反映情况属实，窗口人员当日未一次性告知所需材料。" * 6,
    "responsibility": "unit",
    "measures": "对当事人批评教育，组织窗口人员重新学习一次性告知制度。" * 3,
}
TOLD = {
    "mode": "phone",
    "content": "已将调查情况和整改措施告知投诉人。",
    "called_number": "13812345678",
    "callee": "本人，已核对姓名",
    "satisfaction": "4",
    "suggestion": "希望增加叫号窗口。",
}


def user(login, group):
    values = {"name": login, "login": f"dossiers_{login}"}
    return env["res.users"].create({**values, "group_ids": [Command.set(env.ref(group).ids)]})


def unit(name, code):
    found = env["complaint.window.unit"].create({"name": name, "code": code})
    representative = user(code, "base.group_portal")
    env["complaint.representative"].create({"user_id": representative.id, "unit_id": found.id})
    window = env["complaint.window"].create({"number": code, "name": name, "unit_id": found.id})
    staff = {"name": f"李{code}", "employee_no": code, "window_id": window.id}
    return window, env["complaint.window.staff"].create(staff), representative


def scan():
    """Return a sheet as an office scanner makes it: A4 at 300 dpi, with its noise."""
    content = io.BytesIO()
    Image.effect_noise((2480, 3508), 30).convert("RGB").save(content, "JPEG", quality=60)
    return content.getvalue()


def foreign_pdf(pages=3):
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        for _number in range(pages):
            page = pdf.add_blank_page(page_size=(595, 842))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
            lines = "".join(f"(Measure {line}: done) Tj 0 -16 Td " for line in range(45))
            page.Contents = pdf.make_stream(f"BT /F 11 Tf 72 770 Td {lines} ET".encode())
        content = io.BytesIO()
        pdf.save(content)
        return content.getvalue()


clerk, archivist = user("clerk", f"{GROUP}clerk"), user("archivist", f"{GROUP}archivist")
room = env.ref("kaiyang_complaint.team_complaint_room")
room.user_ids += clerk
room.company_id.complaint_fonds_code = "0123"
here, there = unit("不动产登记中心", "D1"), unit("公安局", "D2")
FILES = {"现场核查扫描件.jpg": scan(), "整改情况报告.pdf": foreign_pdf()}


def closed_case():
    """Return a complaint that went to the wrong unit first, then was answered and closed."""
    ticket = env["helpdesk.ticket"].with_user(clerk)
    ticket = ticket.with_context(mail_notrack=True, tracking_disable=True).create(
        {
            "team_id": room.id,
            "channel_id": env.ref("kaiyang_complaint.channel_phone").id,
            "no_recording_reason": "来电人不同意录音",
            "partner_name": "王小明",
            "complainant_phone": "13812345678",
            "window_id": here[0].id,
            "service_datetime": "2026-03-02 02:30:00",
            "conduct_ids": env.ref("kaiyang_complaint.conduct_07").ids,
            "service_item": "不动产转移登记",
            "description": f"<p>{'取号后等了两个小时，窗口人员没有一次性告知。' * 8}</p>",
            "respondent_ids": [Command.create({"staff_id": here[1].id})],
        }
    )
    ticket.action_review_text(*ticket._text_to_review())
    ticket.action_accept()
    ticket.slip_ids.with_user(here[2]).action_decline("该窗口不属我单位")
    people = [Command.clear(), Command.create({"staff_id": there[1].id})]
    ticket.write({"window_id": there[0].id, "respondent_ids": people})
    ticket.action_forward()
    return answer(ticket)


def answer(ticket):
    slip = ticket.slip_ids.filtered(lambda one: one.state == "sent")
    slip.with_user(there[2]).action_receive()
    slip.with_user(there[2]).action_reply(REPLY)
    for name, content in FILES.items():
        owner = {"res_model": "complaint.slip.reply", "res_id": slip.reply_ids.id}
        env["ir.attachment"].create({"name": name, "raw": content, **owner})
    slip.action_accept_reply({"no_consideration_reason": "测试"})
    told = env["complaint.feedback"].with_user(clerk).create({"ticket_id": ticket.id, **TOLD})
    told.action_confirm()
    ticket.finding_ids.action_confirm()
    ticket.action_close()
    return ticket.id


def memory(name):
    """Return a figure of this process's memory in MB; VmHWM is the most it ever was."""
    status = pathlib.Path("/proc/self/status").read_text()
    return int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1024


def archive(ticket_ids):
    """Archive one dossier at a time, as a batch does; return the bytes written."""
    written = 0
    for ticket_id in ticket_ids:
        ticket = env["helpdesk.ticket"].with_user(archivist).browse(ticket_id)
        ticket.action_archive_dossier()
        written += ticket.dossier_id.attachment_id.sudo().file_size
        env.cr.commit()
        env.invalidate_all()
    return written


def close_cases(count):
    cases = []
    for _number in range(count):
        cases.append(closed_case())
        env.cr.commit()
        env.invalidate_all()
    return cases


archive(close_cases(1))  # fonts, templates and style sheets are read once
peaks = {}
for size in SIZES:
    cases = close_cases(size)
    pathlib.Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
    before, start = memory("VmRSS"), time.perf_counter()
    written = archive(cases)
    took, peaks[size] = time.perf_counter() - start, memory("VmHWM")
    dossier = env["helpdesk.ticket"].browse(cases[-1]).dossier_id
    print(
        f"dossiers: {size:>3}: {took:7.1f} s, {took / size:.2f} s each; peak {peaks[size]:.0f} MB"
        f" (before {before:.0f}); {dossier.item_count} papers on {dossier.page_count} pages,"
        f" {written / size / MEGABYTE:.2f} MB each"
    )
growth = peaks[SIZES[-1]] / peaks[SIZES[-2]]
print(
    f"dossiers: peak memory of {SIZES[-1]} against {SIZES[-2]}: × {growth:.2f},"
    f" {'within' if growth <= AIM else 'MISSES'} × {AIM}"
)
