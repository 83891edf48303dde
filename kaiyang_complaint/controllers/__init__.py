from . import helpdesk_portal, slip_portal
