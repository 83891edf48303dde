from . import call_portal, feedback_portal, helpdesk_portal, slip_paper, slip_portal, tracking
