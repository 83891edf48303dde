from freezegun import freeze_time

from ..common import ComplaintCommon

# A Monday; no holiday until the middle of June: 3 working days end on Thursday the 14th.
ACCEPTED = "2026-05-11 01:00:00"
IN_TIME = "2026-05-13 02:00:00"
LATE = "2026-05-14 09:00:01"


class ExtensionCommon(ComplaintCommon):
    """Complaints accepted on 2026-05-11 at nine; whoever tests says what the time is then."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["complaint.calendar.year"]._ensure([2026]).action_load()
        cls.room.user_ids += cls.both

    def setUp(self):
        super().setUp()
        with freeze_time(ACCEPTED):
            self.ticket = self.accepted()
        frozen = freeze_time(IN_TIME)
        frozen.start()
        self.addCleanup(frozen.stop)

    def new_extension(self, ticket=None, user=None, **vals):
        """Return an extension that lacks nothing, not asked for yet."""
        extensions = self.env["complaint.extension"].with_user(user or self.clerk)
        return extensions.create(
            {
                "ticket_id": (ticket or self.ticket).id,
                "limit_days": 5,
                "reason": "档案需向省局调取",
                "told_at": "2026-05-13 01:30:00",
                "told_how": "phone",
                "complainant_answer": "表示理解",
                **vals,
            }
        )

    def requested(self, **kwargs):
        """Return an extension that waits for the leader."""
        extension = self.new_extension(**kwargs)
        extension.action_request()
        return extension

    def granted(self, **kwargs):
        """Return an extension that the leader approved."""
        extension = self.requested(**kwargs)
        extension.approval_id.with_user(self.leader).action_approve()
        return extension

    def local_due(self, ticket=None):
        """Return when the complaint is due, on the wall of the centre."""
        due = (ticket or self.ticket).due_at
        return f"{self.ticket.company_id._complaint_local(due):%Y-%m-%d %H:%M}"
