from odoo import SUPERUSER_ID, api
from odoo.tools import convert_file


def migrate(cr, _version):
    """Let the shipped automation leave out what waits for a meeting or is referred (五(二)4, 5).

    Automation rules are not updated by themselves: an administrator may have changed them.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    shipped = env["ir.model.data"].search(
        [("module", "=", "kaiyang_complaint"), ("name", "=like", "%forward_on_acceptance")]
    )
    shipped.noupdate = False
    convert_file(env, "kaiyang_complaint", "data/base_automation_data.xml", {}, mode="init")
    shipped.noupdate = True
