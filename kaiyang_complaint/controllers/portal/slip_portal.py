"""The pages of the chief representatives: their unit's slips, and nothing of the complaints."""

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Domain
from odoo.http import request, route

from ...models.desk.helpdesk_ticket import unit_picture
from .uploads import max_file_size, max_total_size, received_files

FILTERS = {
    "todo": ("sent", "received"),
    "replied": ("replied",),
    "done": ("accepted", "declined"),
    "all": ("sent", "received", "replied", "accepted", "declined"),
}
OPEN = FILTERS["todo"]
TODO = Domain("state", "in", OPEN) | Domain("awaits_feedback", "=", True)
SEARCHED = ("name", "service_item", "summary")
TYPED = ("facts", "responsibility", "result", "measures", "measures_owner", "measures_by")
# The pages get values and no records: what is not named here can't slip through a template.
ROW = (
    "name",
    "state",
    "service_item",
    "respondent_names",
    "unit_id",
    "sent_at",
    "due_at",
    "remaining_days",
    "due_status",
    "is_provisional",
    "awaits_feedback",
)
SHEET = (
    *ROW,
    "complainant_label",
    "summary",
    "service_datetime",
    "room_opinion",
    "is_lead",
    "fellow_units",
    "received_at",
    "decline_reason",
    "urged_count",
    "urged_at",
)
MEASURE = ("what", "owner", "due_on", "state", "is_overdue", "done_note", "return_reason")
REPLY = (*TYPED, "state", "return_reason", "submitted_at", "submitted_by_id")


class SlipPortal(CustomerPortal):
    """What a chief representative sees and does: sign for slips, reply, send back (五(二))."""

    _slips_per_page = 20

    # --- the portal's home ---------------------------------------------------------------------

    def _prepare_home_portal_values(self, counters):
        """Count the slips to do, for the card that only representatives see."""
        values = super()._prepare_home_portal_values(counters)
        if self._is_representative() and (not counters or "complaint_slip_count" in counters):
            values["complaint_slip_count"] = request.env["complaint.slip"].search_count(TODO)
        return values

    def _is_representative(self):
        return request.env.user.has_group("kaiyang_complaint.group_complaint_representative")

    # --- the list --------------------------------------------------------------------------------

    @route(
        ["/my/complaints", "/my/complaints/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def portal_my_slips(self, page=1, filterby="todo", search="", notice=None, **_kw):
        """List the unit's slips, the most urgent first."""
        if not self._is_representative():
            return request.redirect("/my")
        filterby = filterby if filterby in FILTERS else "todo"
        values = {
            **self._prepare_portal_layout_values(),
            **self._slip_list(page, filterby, search.replace("\0", "").strip()),
            "page_name": "complaint_slips",
            "filters": self._filter_labels(),
            "notice": self._notice(notice),
        }
        return request.render("kaiyang_complaint.portal_my_slips", values)

    def _slip_list(self, page, filterby, search):
        """Return one page of slips, and how many each filter would show."""
        found = self._search_domain(search)
        counts = self._count_slips(found)
        pager = portal_pager(
            url="/my/complaints",
            url_args={"filterby": filterby, "search": search},
            total=counts[filterby],
            page=page,
            step=self._slips_per_page,
        )
        slips = request.env["complaint.slip"].search(
            found & (TODO if filterby == "todo" else Domain("state", "in", FILTERS[filterby])),
            order="due_at, id" if filterby == "todo" else "id desc",
            limit=self._slips_per_page,
            offset=pager["offset"],
        )
        return {
            "rows": self._rows(slips),
            "counts": counts,
            "filterby": filterby,
            "search": search,
            "pager": pager,
        }

    def _search_domain(self, search):
        if not search:
            return Domain.TRUE
        return Domain.OR([(name, "ilike", search)] for name in SEARCHED)

    def _count_slips(self, domain):
        """Return how many slips each filter shows."""
        slips = request.env["complaint.slip"]
        by_state = dict(slips._read_group(domain, ["state"], ["__count"]))
        counts = {
            name: sum(by_state.get(state, 0) for state in states)
            for name, states in FILTERS.items()
        }
        return {**counts, "todo": slips.search_count(domain & TODO)}

    def _filter_labels(self):
        return {
            "todo": request.env._("To do"),
            "replied": request.env._("Replied"),
            "done": request.env._("Done"),
            "all": request.env._("All"),
        }

    def _rows(self, slips, names=ROW):
        """Return what the pages show of slips: values the user may read, made presentable."""
        labels = dict(slips._fields["state"]._description_selection(request.env))
        returned = request.env["complaint.slip.reply"].search(
            [("slip_id", "in", slips.ids), ("state", "=", "returned")]
        )
        # By ``read``, not as records: the template shows what the user may read, and no field more.
        rows = slips.read(names)
        for slip, row in zip(slips, rows, strict=True):
            row["is_rework"] = slip.state == "received" and slip in returned.slip_id
            row["label"] = labels[slip.state]
            row["tz"] = slip.company_id.complaint_tz
            row["urgency"], row["remaining"] = self._urgency(row)
        return rows

    def _urgency(self, row):
        """Return status and text of a pending slip against its limit."""
        if row["state"] not in OPEN or not row["due_at"]:
            return None, ""
        days = row["remaining_days"]
        words = {
            "overdue": request.env._("%s working days overdue", -days),
            "today": request.env._("Due today"),
        }
        # The limit ended today at close of business: no whole day has passed.
        if row["due_status"] == "overdue" and not days:
            return "overdue", request.env._("Overdue")
        left = request.env._("%s working days left", days)
        return row["due_status"], words.get(row["due_status"], left)

    def _notice(self, code):
        """Return the message a page was redirected to with."""
        notices = {
            "received": request.env._("You signed for the slip. Your unit has to reply in time."),
            "replied": request.env._("The reply was sent to the complaint room."),
            "declined": request.env._("The slip went back to the complaint room."),
            "measure": request.env._("The complaint room was told that the measure is done."),
            "unknown": request.env._("This slip does not exist, or it is not your unit's."),
        }
        return notices.get(code)

    # --- one slip --------------------------------------------------------------------------------

    @route("/my/complaints/<int:slip_id>", type="http", auth="user", website=True)
    def portal_my_slip(self, slip_id, notice=None, **_kw):
        """Show a slip, with what can be done with it now."""
        slip = self._find_slip(slip_id)
        if not slip:
            return self._no_such_slip()
        return self._render_slip(slip, notice=self._notice(notice))

    def _find_slip(self, slip_id):
        """Return a slip among those the user may see: unknown and foreign are the same."""
        slips = request.env["complaint.slip"]
        # A search, which the record rules narrow: a foreign slip is simply not found.
        return slips.search([("id", "=", slip_id)]) if self._is_representative() else slips

    def _no_such_slip(self):
        return request.redirect("/my/complaints?notice=unknown")

    def _render_slip(self, slip, typed=None, error=None, **values):
        """Render a slip; after an error with everything that was typed."""
        [row] = self._rows(slip, SHEET)
        replies = slip.reply_ids.read(REPLY)
        page = {
            **self._prepare_portal_layout_values(),
            "page_name": "complaint_slip",
            "slip": row,
            "picture": unit_picture(slip),
            "replies": replies,
            "measures": slip.reply_ids.measure_ids.read(MEASURE),
            "measure_states": dict(self._selection("complaint.measure", "state")),
            "typed": typed or (replies[0] if row["is_rework"] else {}),
            "error": error,
            "files": slip._files_for_unit().grouped(lambda file: (file.res_model, file.res_id)),
            "duties": self._selection("complaint.slip.reply", "responsibility"),
            "reply_states": dict(self._selection("complaint.slip.reply", "state")),
            "max_file_size": max_file_size(request.env),
            "max_total_size": max_total_size(request.env),
            **values,
        }
        status = 422 if error else 200
        return request.render("kaiyang_complaint.portal_my_slip", page, status=status)

    def _selection(self, model, name):
        return request.env[model]._fields[name]._description_selection(request.env)

    @route(
        "/my/complaints/<int:slip_id>/file/<int:file_id>", type="http", auth="user", website=True
    )
    def portal_slip_file(self, slip_id, file_id, **_kw):
        """Download a file that hangs on a slip the user may see."""
        slip = self._find_slip(slip_id)
        file = slip and slip._files_for_unit().filtered(lambda file: file.id == file_id)
        if not file:
            return self._no_such_slip()
        stream = request.env["ir.binary"]._get_stream_from(file)
        return stream.get_response(as_attachment=True)

    # --- acts ------------------------------------------------------------------------------------

    @route(
        "/my/complaints/<int:slip_id>/receive",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_slip_receive(self, slip_id, **_kw):
        """Sign for a slip."""
        return self._act(slip_id, "received", lambda slip: slip.action_receive())

    @route(
        "/my/complaints/<int:slip_id>/reply",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_slip_reply(self, slip_id, **typed):
        """Reply to a slip, with files."""

        def reply(slip):
            values = {name: typed.get(name) for name in TYPED}
            slip.action_reply({**values, "attachments": received_files(request, "attachments")})

        return self._act(slip_id, "replied", reply, typed)

    @route(
        "/my/complaints/<int:slip_id>/decline",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_slip_decline(self, slip_id, reason="", **_kw):
        """Send a slip back that is not the unit's business."""

        def decline(slip):
            if not reason.strip():
                raise UserError(
                    request.env._("Enter why the slip is outside your unit's responsibility.")
                )
            slip.action_decline(reason.strip())

        return self._act(slip_id, "declined", decline, {"reason": reason, "declining": True})

    @route(
        "/my/complaints/<int:slip_id>/measure/<int:measure_id>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def portal_slip_measure(self, slip_id, measure_id, done_note="", **_kw):
        """Report that a measure was carried out, with its proof."""

        def report(slip):
            # A search, as for slips: a foreign measure is simply not found.
            measures = request.env["complaint.measure"]
            measure = measures.search([("id", "=", measure_id), ("slip_id", "=", slip.id)])
            if not measure:
                raise UserError(request.env._("This measure does not exist on this slip."))
            files = received_files(request, "attachments")
            measure.action_report_done({"done_note": done_note, "attachments": files})

        return self._act(slip_id, "measure", report, {"done_note": done_note})

    def _act(self, slip_id, notice, act, typed=None):
        """Do something with a slip. Where it is refused nothing changes, and nothing is lost."""
        slip = self._find_slip(slip_id)
        if not slip:
            return self._no_such_slip()
        try:
            with request.env.cr.savepoint():
                act(slip)
        except ConcurrencyError:
            raise  # the server tries again
        except UserError as error:
            return self._render_slip(slip, typed=typed, error=str(error))
        return request.redirect(f"/my/complaints/{slip_id}?notice={notice}")
