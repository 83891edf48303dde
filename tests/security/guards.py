"""The guards that are broken, one at a time, and where it has to show.

A guard is a record rule that is switched off, or a line of the addon that is replaced. It has to
show at some doors of the matrix (``models`` by ``roles``) or in tests of the addon (``tags``).
"""


def _rule(rule, model, *roles):
    return {
        "about": f"{rule} is off",
        "rule": rule,
        "models": (model,),
        "roles": roles or ("colleague", "archivist"),
    }


def _line(file, old, new, **where):
    return {"about": f"{file}: {old.strip()[:60]}", "file": file, "old": old, "new": new, **where}


def _tests(*names):
    return ",".join(f"/kaiyang_complaint:{name}" for name in names)


FOREIGN = ("foreign_clerk", "foreign_manager")
RULES = [
    _rule("rule_ticket_desk_only", "helpdesk.ticket", "helpdesk_manager", "colleague"),
    _rule("rule_respondent_user", "complaint.respondent"),
    _rule("rule_feedback_user", "complaint.feedback"),
    _rule("rule_approval_user", "complaint.approval"),
    _rule("rule_letter", "complaint.letter"),
    _rule("rule_extension_user", "complaint.extension"),
    _rule("rule_investigation", "complaint.investigation"),
    _rule("rule_investigation_opinion", "complaint.investigation.opinion"),
    _rule("rule_referral", "complaint.referral"),
    _rule("rule_meeting", "complaint.meeting"),
    _rule("rule_meeting_line", "complaint.meeting.line"),
    _rule("rule_finding", "complaint.finding"),
    _rule("rule_bar", "complaint.bar"),
    _rule("rule_dossier", "complaint.dossier"),
    _rule("rule_dossier_item", "complaint.dossier.item"),
    _rule("rule_dossier_loan", "complaint.dossier.loan"),
    _rule("rule_dossier_note", "complaint.dossier.note"),
    _rule("rule_contact", "complaint.contact"),
    _rule("rule_escalation_user", "complaint.escalation"),
    _rule("rule_slip_representative", "complaint.slip", "other_rep"),
    _rule("rule_slip_reply_representative", "complaint.slip.reply", "other_rep"),
    _rule("rule_measure_representative", "complaint.measure", "other_rep"),
    _rule("rule_written_report_representative", "complaint.written.report", "other_rep"),
    _rule("rule_import_line_user", "complaint.import.line"),
    _rule("rule_company_slip", "complaint.slip", *FOREIGN),
    _rule("rule_company_feedback", "complaint.feedback", *FOREIGN),
    _rule("rule_company_unit", "complaint.window.unit", "colleague", "manager"),
    _rule("rule_company_staff", "complaint.window.staff", "colleague", "manager"),
    _rule("rule_board_entry", "complaint.board.entry", *FOREIGN),
    _rule("rule_assessment_line", "complaint.assessment.line", *FOREIGN),
]
LINES = [
    _line(
        "models/access/res_users.py",
        'scope |= unrestricted | Domain(f"{path}user_id", "=", self.id)',
        "scope |= Domain.TRUE",
        models=("helpdesk.ticket",),
        roles=("colleague",),
    ),
    _line(
        "models/access/res_users.py",
        "scope |= unrestricted & ended",
        "scope |= unrestricted",
        models=("helpdesk.ticket",),
        roles=("archivist",),
    ),
    _line(
        "models/access/mail_message.py",
        "return (found - hidden)._as_query(order) if hidden else query",
        "return query",
        models=("mail.message",),
        roles=("colleague",),
    ),
    _line(
        "models/access/mail_message.py",
        "forbidden |= (self - forbidden)._about_hidden_complaints()",
        "pass",
        tags=_tests("TestRestrictionActs"),
    ),
    _line(
        "models/access/ir_binary.py",
        "access_token = None\n        return",
        "pass\n        return",
        models=("routes",),
        roles=("plain",),
    ),
    _line(
        "models/access/ir_http.py",
        "if interface and request.httprequest.path != REGISTER:",
        "if False:",
        tags=_tests("TestGateway", "TestGatewayHttp"),
    ),
    _line(
        "models/archive/ir_actions_report.py",
        'self.env[report.model].browse(docids or []).check_access("read")',
        "return",
        tags=_tests("TestPaperAccess"),
    ),
    _line(
        "models/access/mail_followers.py",
        "if res_model in CONFIDENTIAL:",
        "if False:",
        tags=_tests("TestDiscretion", "TestRestriction"),
    ),
    _line(
        "models/access/complaint_procedure_mixin.py",
        'return self.env.context.get("complaint_guard") is GUARD',
        'return bool(self.env.context.get("complaint_guard"))',
        tags=_tests("TestForgedWrites", "TestForgedBeginnings"),
    ),
    _line(
        "controllers/portal/slip_portal.py",
        'return slips.search([("id", "=", slip_id)]) if',
        'return slips.sudo().search([("id", "=", slip_id)]) if',
        models=("routes",),
        roles=("other_rep",),
    ),
    _line(
        "controllers/portal/report_portal.py",
        'return reports.search([("id", "=", report_id)]) if',
        'return reports.sudo().search([("id", "=", report_id)]) if',
        models=("routes",),
        roles=("other_rep",),
    ),
    _line(
        "controllers/internal/assessment.py",
        'request.env["complaint.assessment"].search',
        'request.env["complaint.assessment"].sudo().search',
        models=("routes",),
        roles=("plain",),
    ),
    _line(
        "controllers/public/helpdesk_portal.py",
        'if model_name == "helpdesk.ticket" and document.is_complaint:',
        "if False:",
        tags=_tests("TestHelpdeskDoors", "TestSilenceOverHttp"),
    ),
    _line(
        "controllers/public/helpdesk_portal.py",
        'if not self._may_close(kw.get("ticket_id", "")):',
        "if False:",
        tags=_tests("TestHelpdeskDoors"),
    ),
    _line(
        "models/handling/restriction.py",
        "AccessRevocation(self.env).revoke(narrowed + handed_over)",
        "pass",
        tags=_tests("TestRestriction"),
    ),
    _line(
        "models/access/ir_rule.py",
        "if is_dialog and not self.env.su:",
        "if False:",
        tags=_tests("TestEligibility"),
    ),
    _line(
        "models/access/named_records.py",
        'record[name]._origin.check_access("read")',
        "pass",
        models=("complaint.contact", "complaint.letter", "complaint.referral"),
        roles=("colleague", "foreign_clerk"),
    ),
]
GUARDS = RULES + LINES
