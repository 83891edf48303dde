"""What installing and uninstalling do beyond what Odoo does by itself."""

import json

from .generator.story import HALL, MODULE, PARAMETER

# Where versions before 19.0.1.5.0, in which the year was a part of the desk's addon, noted it.
PARAMETER_BEFORE = "kaiyang_complaint.demo_year"


def post_init_hook(env):
    """Go on with a year that an earlier version has begun, and write none where it has ended."""
    parameters = env["ir.config_parameter"].sudo()
    if memory := parameters.get_param(PARAMETER_BEFORE):
        parameters.set_param(PARAMETER, memory)
        parameters.set_param(PARAMETER_BEFORE, False)


def uninstall_hook(env):
    """Remove what only this addon reads. The complaints stay: they are cases like any others."""
    parameters = env["ir.config_parameter"].sudo()
    memory = json.loads(parameters.get_param(PARAMETER) or "{}")
    parameters.set_param(PARAMETER, False)
    env["ir.model.data"].sudo().search([("module", "=", MODULE)]).unlink()
    company = env["res.company"].browse(memory.get("company_id")).exists()
    if company:
        settings = memory["settings"].items()
        company.write({name: value for name, value in settings if company[name] == HALL[name]})
