"""Scheduled actions that hang on models which are gone."""


def migrate(cr, _version):
    """Keep the job of escalation: deleting a model deletes the actions and schedules on it."""
    cr.execute(
        """
        UPDATE ir_act_server AS action
           SET model_id = now.id
          FROM ir_model AS before, ir_model AS now
         WHERE before.model = 'complaint.escalation.job'
           AND now.model = 'complaint.escalation'
           AND action.model_id = before.id
        """
    )
