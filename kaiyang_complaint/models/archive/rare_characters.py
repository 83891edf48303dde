from ...report.engine import paper

TEXTS = frozenset({"char", "text", "html"})


def lacking(dossier):
    """Return the characters in the texts of a dossier's papers that no font of the machine has.

    Looked for in all that the records say: which of it a form prints is the form's affair.
    """
    dossier = dossier.sudo()
    items = dossier.item_ids.filtered(lambda item: not item.left_out)
    texts = [dossier.name, dossier.note, *items.mapped("title"), *items.mapped("note")]
    for model, printed in items.filtered("report_id").grouped("res_model").items():
        records = dossier.env[model].browse(set(printed.mapped("res_id"))).exists()
        names = [
            name
            for name, field in records._fields.items()
            if field.type in TEXTS and field.store and not field.related
        ]
        texts += [record[name] for record in records for name in names]
    return paper.lacking("".join(filter(None, texts)))
