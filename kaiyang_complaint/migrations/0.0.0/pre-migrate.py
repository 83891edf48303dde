# The paper of the addon is written in Chinese: where a word of it changes, Odoo keeps what the
# Chinese "translation" of the old word was, and the paper would go on saying that.
VIEWS = """
    UPDATE ir_ui_view AS view
       SET arch_db = jsonb_build_object('en_US', view.arch_db -> 'en_US')
      FROM ir_model_data AS known
     WHERE known.module = 'kaiyang_complaint' AND known.model = 'ir.ui.view'
       AND known.res_id = view.id AND view.type = 'qweb' AND NOT coalesce(view.arch_updated, false)
"""
PAPERS = """
    UPDATE ir_act_report_xml AS paper
       SET print_report_name = jsonb_build_object('en_US', paper.print_report_name -> 'en_US')
      FROM ir_model_data AS known
     WHERE known.module = 'kaiyang_complaint' AND known.model = 'ir.actions.report'
       AND known.res_id = paper.id AND paper.print_report_name IS NOT NULL
"""


def migrate(cr, _version):
    """Forget what pages and papers said in other languages; the upgrade loads it anew.

    Pages that an administrator changed stay as they are.
    """
    cr.execute(VIEWS)
    cr.execute(PAPERS)
