def migrate(cr, _version):
    """Let the job that checks new files, which is data that stays, call it by its present name."""
    cr.execute(
        """UPDATE ir_act_server AS action
              SET code = 'model._cron_check_files()'
             FROM ir_cron AS cron, ir_model_data AS data
            WHERE data.module = 'kaiyang_complaint' AND data.name = 'cron_file_look'
              AND cron.id = data.res_id AND action.id = cron.ir_actions_server_id
              AND action.code = 'model._cron_look_at_files()'"""
    )
