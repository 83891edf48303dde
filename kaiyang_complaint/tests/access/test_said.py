from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import new_test_user, tagged

from ...wizards.case.complaint_reason_wizard import VERBS
from ..common import ComplaintCommon


@tagged("post_install", "-at_install")
class TestSaid(ComplaintCommon):
    """What a call from outside may say where a person would give a reason."""

    def test_t6_3_a_reason_that_is_no_text_is_refused_by_every_act(self):
        groups = (
            "kaiyang_complaint.group_complaint_manager,kaiyang_complaint.group_complaint_leader"
        )
        self.env = self.env(user=new_test_user(self.env, "kc_said", groups))
        for name, verbs in VERBS.items():
            for verb in sorted(verbs):
                if (name, verb) == ("helpdesk.ticket", "action_urge"):
                    continue  # it urges the slips of the case, which are asked themselves
                for said in (7, ["because"], {"why": "because"}, True, "because\0"):
                    with (
                        self.subTest(model=name, verb=verb, said=said),
                        self.assertRaisesRegex(UserError, "Invalid text"),
                    ):
                        getattr(self.env[name], verb)(said)

    def test_t6_3_a_caller_names_no_act_for_a_leader_to_perform(self):
        for name in ("complaint.letter", "complaint.assessment", "complaint.board"):
            model = self.env[name].with_user(self.manager)
            with self.subTest(model=name):
                self.assertFalse(hasattr(model, "action_decide"))
                with self.assertRaises(AccessError):
                    call_kw(model, "_take_back", [[], "draft"], {})
                with self.assertRaisesRegex(UserError, "No pending approvals here"):
                    call_kw(model, "action_approve", [[]], {})
