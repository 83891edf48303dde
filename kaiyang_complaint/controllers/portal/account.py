"""What representatives can't change of their account themselves."""

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.http import request

from ...models.access.res_partner import CENTRES_DATA


class Account(CustomerPortal):
    """The page of the user's own contact."""

    def _get_mandatory_billing_address_fields(self, country_sudo):
        """Ask representatives for no address that they can't enter."""
        mandatory = super()._get_mandatory_billing_address_fields(country_sudo)
        return mandatory - self._not_asked_for()

    def _get_mandatory_delivery_address_fields(self, country_sudo):
        """Ask representatives for no address that they can't enter."""
        mandatory = super()._get_mandatory_delivery_address_fields(country_sudo)
        return mandatory - self._not_asked_for()

    def _not_asked_for(self):
        return {"email", "phone"} if request.env.user._is_in_office() else set()

    def _validate_address_values(self, address_values, partner_sudo, *args, **kwargs):
        """Mark data of the centre, and state who changes it."""
        invalid, missing, messages = super()._validate_address_values(
            address_values, partner_sudo, *args, **kwargs
        )
        changed = {
            name
            for name in CENTRES_DATA & address_values.keys()
            if (address_values[name] or "") != (partner_sudo[name] or "")
        }
        if changed and partner_sudo._representatives():
            invalid |= changed
            messages.append(
                request.env._(
                    "Your name, e-mail and telephone are kept by the service centre. Ask its "
                    "complaint room to change them."
                )
            )
        return invalid, missing, messages
