"""Every role, every model that hangs on a complaint, every operation, restricted or not (七.5)."""

from odoo.exceptions import AccessError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .silence_common import BLIND, READERS, ROLES, SLIPS, SilenceCommon

CLERKS = {"clerk", "colleague", "manager"}
# What clerks may do with what hangs on a complaint they may read; everybody else reads it at most.
KEPT_BY_CLERKS = {
    "complaint.call": "rw",
    "complaint.contact": "rc",
    "complaint.extension": "rwcu",
    "complaint.feedback": "rwcu",
    "complaint.finding": "rwcu",
    "complaint.investigation": "rwcu",
    "complaint.measure": "rw",
    "complaint.meeting": "rwcu",
    "complaint.referral": "rwcu",
    "complaint.respondent": "rwcu",
    "complaint.slip": "rwcu",
}
# What a unit reads of its slips.
OF_UNITS = {"complaint.slip", "complaint.measure"}
# Who keeps the dossier of a case: archivists and managers none that is restricted (八).
KEEPERS = {
    "settled": {"manager", "archivist"},
    "sealed": {"clerk", "leader", "director"},
}
HUNG_UP = {
    "complaint.extension": {"limit_days": 6, "reason": "调档"},
    "complaint.feedback": {"content": "已告知"},
    "complaint.meeting": {"analysis": "责任不明"},
    "complaint.referral": {"kind": "outside"},
    "complaint.call": {
        "role": "staff",
        "name": "李晓梅",
        "called_by_id": 1,
        "called_at": "2026-05-11 01:00:00",
    },
}


@tagged("post_install", "-at_install")
class TestMatrix(SilenceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for case in ("ordinary", "restricted"):
            cls.cases[case].sudo()._procedure_write({"complaint_class": "major"})
            for name, values in HUNG_UP.items():
                model = cls.env[name].sudo()._with_procedure()
                model.create({"ticket_id": cls.cases[case].id, **values})
        cls.cases["settled"].with_user(cls.archivist).action_open_dossier()
        cls.cases["sealed"].with_user(cls.clerk).action_open_dossier()
        cls.env.flush_all()
        cls.env.invalidate_all()

    def hanging(self, case):
        """Yield what hangs on a case, a recordset a model."""
        for name, model in self.env.items():
            ours = name.startswith("complaint.") and not (model._abstract or model._transient)
            if ours and "ticket_id" in model._fields:
                records = model.sudo().search([("ticket_id", "=", self.cases[case].id)])
                if records:
                    yield records.sudo(False)

    def expected(self, case, role, name):
        """Return what a role may do with the records of a model that hang on a case."""
        if name in OF_UNITS and role in SLIPS.get(case, ()):
            return "r"
        if role not in READERS[case]:
            return ""
        if name == "complaint.dossier":
            return "rwc" if role in KEEPERS[case] else "r"
        return KEPT_BY_CLERKS.get(name, "r") if role in CLERKS else "r"

    def test_u7_5_rights_on_what_hangs_on_a_case(self):
        met = set()
        for case in READERS:
            for records in self.hanging(case):
                met.add(records._name)
                for role in (*ROLES, *BLIND):
                    held = self.held(records, getattr(self, role))
                    with self.subTest(case=case, model=records._name, role=role):
                        self.assertEqual(held, self.expected(case, role, records._name))
        self.assertLessEqual(KEPT_BY_CLERKS.keys() | HUNG_UP.keys(), met)

    def test_u7_5_calls_of_the_api_obey_them(self):
        for case in READERS:
            for records in self.hanging(case):
                for role in (*ROLES, *BLIND):
                    found = self.call(records, role, "search", [("id", "in", records.ids)])
                    rights = self.expected(case, role, records._name)
                    with self.subTest(case=case, model=records._name, role=role):
                        self.assertEqual(set(found), set(records.ids) if rights else set())

    def call(self, records, role, method, *args):
        """Call a method as the API does; nothing where it is refused."""
        model = records.browse().with_user(getattr(self, role))
        with mute_logger("odoo.models", "odoo.addons.base.models.ir_model"):
            try:
                return call_kw(model, method, list(args), {})
            except AccessError:
                return []
