import hmac

from ...tools.codes import TICKET
from ...tools.tracking_code import tidy_code, tidy_number
from .helpdesk_ticket import Progress

# Stands for the code where there is none: nothing that is typed comes out like this.
NO_CODE = "???-???-???-???"


def tracked(env, number, code):
    """Return the complaint that a number and its code belong to, or none.

    What is wrong with them makes no difference, not even in time.
    """
    # With the codes: one more query would tell that there is such a number.
    found = env[TICKET].sudo()
    found = found.search_fetch(
        [
            *(
                "|",
                ("number", "=", tidy_number(number)),
                ("external_ref", "=", tidy_number(number)),
            ),
            ("tracking_code", "!=", False),
            ("is_complaint", "=", True),
        ],
        ["tracking_code"],
    )
    typed = tidy_code(code).encode()
    known = {NO_CODE: found.browse()} | {ticket.tracking_code: ticket for ticket in found}
    right = [one for one in known if hmac.compare_digest(one.encode(), typed)]
    return known[right[0]] if right else found.browse()


def public_facts(ticket):
    """Return what the page shows a complainant: no names, no texts."""
    ticket.ensure_one()
    company = ticket.company_id
    return {
        "picture": Progress(ticket).for_public() | {"on_hold": False},
        "said": _said_to_complainant(ticket),
        "due": ticket.due_at and company._complaint_local(ticket.due_at).date(),
        "phone": company.complaint_phone,
    }


def _said_to_complainant(ticket):
    """Return in one sentence how far the complaint is."""
    env = ticket.env
    told = {
        "draft": env._("The complaint room looks at what you sent, and contacts you."),
        "invalid": env._("The complaint room closed it as invalid. Ask there for the reason."),
        "replied": env._(
            "The matter was looked into. The complaint room will tell you the result."
        ),
        "fed_back": env._("You have received the result. The case will now be closed."),
        "closed": env._("Your complaint was settled and closed."),
    }
    told["archived"] = told["closed"]
    return told.get(
        ticket.complaint_state, env._("Your complaint was accepted and is being handled.")
    )
