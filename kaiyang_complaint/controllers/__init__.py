from . import call_portal, feedback_portal, helpdesk_portal, slip_portal, tracking
