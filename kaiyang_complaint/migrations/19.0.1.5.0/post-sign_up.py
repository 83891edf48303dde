from odoo import SUPERUSER_ID, api

from odoo.addons.kaiyang_complaint.hooks import close_sign_up


def migrate(cr, _version):
    """Let nobody make an account of their own any more, unless another app needs that."""
    close_sign_up(api.Environment(cr, SUPERUSER_ID, {}))
