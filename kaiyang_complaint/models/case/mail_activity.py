from odoo import api, models

from ...tools.pointers import is_of_desk
from ..access.complaint_lock_mixin import case_models
from .on_duty import OnDuty


class MailActivity(models.Model):
    """To-dos about a case reach somebody, in the language of who has them."""

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        """Give what is to be done about a case to who stands in, where the person has left."""
        users = self.env["res.users"].sudo()
        users = users.browse({vals["user_id"] for vals in vals_list if vals.get("user_id")})
        gone = set(users.filtered(lambda user: not user.active).ids)
        for vals in vals_list:
            if vals.get("user_id") in gone:
                vals["user_id"] = self._stand_in(vals) or vals["user_id"]
        return super().create(vals_list)

    def _stand_in(self, vals):
        """Return the id of who answers for the case that a new to-do is about, if it is of one."""
        models_here = self.env["ir.model"].sudo()
        model = models_here.browse(vals.get("res_model_id") or []).model or vals.get("res_model")
        if model not in case_models(self.env) or not vals.get("res_id"):
            return False
        cases = self.env[model].sudo().browse(vals["res_id"])._cases()
        return bool(cases) and OnDuty(cases[:1]).clerk().id

    def action_notify(self):
        """Write to who has a to-do in their language; Odoo takes the subject from who gave it."""
        ours = self.filtered(lambda one: one.res_model and is_of_desk(one.res_model))
        result = super(MailActivity, self - ours).action_notify()
        for lang, mine in ours.grouped(lambda one: one.user_id.sudo().lang).items():
            reader = mine.with_context(lang=lang or self.env.lang)
            super(MailActivity, reader).action_notify()
        return result
