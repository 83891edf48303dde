# Filters of reactions that told a channel by its code -> what the channel is asked now.
FILTERS = {
    "('channel_id.complaint_code', '=', 'onsite')": "('channel_id.is_visit', '=', True)",
    "('channel_id.complaint_code', '!=', 'onsite')": "('channel_id.is_visit', '=', False)",
}


def migrate(cr, _version):
    """Let time limits and reactions, data that stays, ask the channels themselves."""
    cr.execute(
        """
        INSERT INTO complaint_sla_policy_channel_rel (policy_id, channel_id)
        SELECT policy.id, channel.id
          FROM complaint_sla_policy AS policy
          JOIN helpdesk_ticket_channel AS channel
            ON channel.complaint_code = policy.channel_code
           AND (policy.company_id IS NULL OR channel.company_id IS NULL
                OR policy.company_id = channel.company_id)
            ON CONFLICT DO NOTHING
        """
    )
    for before, now in FILTERS.items():
        cr.execute(
            """
            UPDATE base_automation AS rule
               SET filter_domain = replace(filter_domain, %s, %s)
              FROM ir_model AS model
             WHERE model.id = rule.model_id
               AND model.model = 'helpdesk.ticket'
               AND strpos(rule.filter_domain, %s) > 0
            """,
            (before, now, before),
        )
