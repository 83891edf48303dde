from datetime import date

from freezegun import freeze_time

from ..archive.unprinted import Unprinted
from ..common import ComplaintCommon

# The month of the board, the day on which it is prepared, and the one on which it is long over.
MONTH = date(2026, 3, 1)
NOW = "2026-04-02 02:00:00"
IN_MONTH = "2026-03-10 02:00:00"
LONG_AFTER = "2026-07-01 02:00:00"
RED = "群众评价好，当月无查实投诉"


class BoardCommon(Unprinted, ComplaintCommon):
    """A month with findings and ratings, and the board that is made of it in the next."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["complaint.calendar.year"]._ensure([2026]).action_load()
        cls.centre = cls.room.company_id
        cls.centre.write({"complaint_board_min_count": 1, "complaint_phone": "0851-87253281"})
        cls.conduct = cls.env.ref("kaiyang_complaint.conduct_08")

    def setUp(self):
        super().setUp()
        self.at(NOW)

    def at(self, moment):
        """Let it be another moment until the end of the test."""
        frozen = freeze_time(moment)
        frozen.start()
        self.addCleanup(frozen.stop)

    # --- facts ----------------------------------------------------------------------------------

    @classmethod
    def case(cls, moment=IN_MONTH, **vals):
        """Return a complaint that was replied to; how it came there is no matter here."""
        with freeze_time(moment):
            ticket = cls.new_complaint(user_id=cls.clerk.id, **vals)
            ticket._procedure_write({"complaint_state": "replied", "accepted_at": moment})
        return ticket

    @classmethod
    def about(cls, staff=None, window=None):
        """Return what a complaint about a person or a window says of its parties."""
        window = window or staff.window_id
        party = {"staff_id": staff.id} if staff else {"window_id": window.id}
        return {"window_id": window.id, "respondent_ids": [(0, 0, party)]}

    @classmethod
    def finding(cls, ticket=None, moment=IN_MONTH, **vals):
        """Return a confirmed finding on the respondent of a complaint."""
        ticket = ticket or cls.case()
        values = {
            "conclusion": "upheld",
            "responsibility": "main",
            "liable": "staff",
            "facts": "与办事群众争吵，经监控核实。",
            "conduct_id": cls.conduct.id,
            **vals,
        }
        finding = ticket.finding_ids.filtered(lambda one: one.state == "draft")[:1]
        if finding:
            finding.with_user(cls.clerk).write(values)
        else:
            party = {"ticket_id": ticket.id, "respondent_id": ticket.respondent_ids[:1].id}
            finding = cls.env["complaint.finding"].with_user(cls.clerk).create({**values, **party})
        with freeze_time(moment):
            finding.with_user(cls.clerk).action_confirm()
        cls.env.flush_all()
        return finding.with_env(cls.env)

    @classmethod
    def rated(cls, ticket=None, moment=IN_MONTH, satisfaction="5", **vals):
        """Let a complainant rate how their complaint was handled."""
        ticket = ticket or cls.case(**vals)
        values = cls.feedback_values(ticket, satisfaction=satisfaction)
        feedback = cls.env["complaint.feedback"].with_user(cls.clerk)._with_procedure()
        feedback.create({**values, "state": "confirmed", "confirmed_at": moment})
        return ticket

    # --- boards ---------------------------------------------------------------------------------

    def board(self, **vals):
        """Return a board in preparation, by the manager."""
        boards = self.env["complaint.board"].with_user(self.manager)
        return boards.create({"month": MONTH, **vals})

    def proposed(self, **vals):
        """Return a board with what the facts propose."""
        board = self.board(**vals)
        board.action_propose()
        return board

    def approved(self, board=None):
        """Return a board that the leader approved."""
        board = board or self.proposed()
        board.action_submit()
        board.approval_id.with_user(self.leader).action_approve()
        return board

    def shown(self, board=None):
        """Return a board that the hall sees."""
        board = self.approved(board)
        board.action_show()
        return board

    def people(self, board, colour, *states):
        """Return whom one side of a board names: people, or windows where nobody is named."""
        states = states or ("proposed", "shown")
        entries = board.entry_ids.filtered(
            lambda entry: entry.colour == colour and entry.state in states
        )
        return [entry.staff_id or entry.window_id for entry in entries]

    def by_hand(self, board, colour="red", user=None, **vals):
        """Add an entry by hand."""
        values = {"board_id": board.id, "colour": colour, "reason": "热情服务", **vals}
        values.setdefault("decision", "群众送来锦旗。")
        return self.env["complaint.board.entry"].with_user(user or self.manager).create(values)
