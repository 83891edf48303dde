"""Says which library of the system is missing, before anything needs it."""

from importlib import import_module

from odoo.exceptions import UserError

PANGO = (
    "The complaint desk needs Pango to print. Have libpango-1.0-0, libpangoft2-1.0-0 and "
    "libharfbuzz-subset0 installed, as Debian calls them, and start Odoo again."
)


def check_pango():
    """Refuse to load the addon where WeasyPrint does not find its libraries.

    :raise UserError: naming the packages
    """
    try:
        import_module("weasyprint")
    except OSError as error:
        raise UserError(PANGO) from error


check_pango()
