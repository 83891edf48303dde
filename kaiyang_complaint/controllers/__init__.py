from . import call_portal, helpdesk_portal, slip_portal, tracking
