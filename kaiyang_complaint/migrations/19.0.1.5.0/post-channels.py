def migrate(cr, _version):
    """Name the channels themselves on the time limits that named the code of one."""
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
