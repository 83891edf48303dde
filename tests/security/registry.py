"""What the registry holds: models, fields, pairs that name a record, routes. Inside Odoo."""

import inspect

TEXTS = {"char", "text", "html", "reference", "json", "properties"}
ATTRIBUTES = ("type", "relation", "store")
# Pairs of plain fields that name a record, or several, by model and id.
PAIRS = (
    *(("res_model", "res_id"), ("res_model", "res_ids"), ("model", "res_id")),
    *(("model", "res_ids"), ("res_model_id", "res_id"), ("model", "resource_ref")),
)
# What the matrix asks by doors of its own.
NEVER_CALLED = {"unlink", "copy", "write", "create"}


def models(env):
    """Describe every model."""
    return {name: _model(env, model) for name, model in env.items()}


def _model(env, model):
    kind = "transient" if model._transient else "stored"
    if model._abstract:
        kind = (
            "mixin"
            if env.registry.descendants([model._name], "_inherit") > {model._name}
            else "abstract"
        )
    fields = {
        name: {"type": field.type, "relation": field.comodel_name, "store": bool(field.store)}
        for name, field in model._fields.items()
    }
    pairs = {pair for pair in PAIRS if {*pair} <= fields.keys()}
    for field in model._fields.values():
        if field.type == "many2one_reference" and field.model_field:
            pairs.add((field.model_field, field.name))
    return {
        "kind": kind,
        "module": model._original_module,
        "fields": fields,
        "pairs": sorted(pairs),
        "methods": _methods(model, on_records=True),
        "answers": _methods(model, on_records=False),
    }


def _methods(model, on_records):
    """Return the addon's own methods that a call reaches without saying more, but on records."""
    found = []
    for name in dir(type(model)):
        method = getattr(type(model), name, None)
        if name.startswith("_") or name in NEVER_CALLED or not inspect.isfunction(method):
            continue
        ours = method.__module__.startswith("odoo.addons.kaiyang_complaint")
        open_to_calls = not getattr(method, "_api_private", False)
        fits = on_records != getattr(method, "_api_model", False)
        if ours and open_to_calls and fits and not _required(method):
            found.append(name)
    return found


def _required(method):
    """Return the parameters that a call has to give."""
    parameters = list(inspect.signature(inspect.unwrap(method)).parameters.values())[1:]
    plain = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return [one.name for one in parameters if one.kind in plain and one.default is one.empty]


def routes(env):
    """Describe every route: address, kind, methods, parameters."""
    found = {}
    for rule in env["ir.http"].routing_map().iter_rules():
        endpoint = rule.endpoint
        names = inspect.signature(endpoint.original_endpoint).parameters
        described = found.setdefault(
            rule.rule,
            {
                "type": endpoint.routing["type"],
                "auth": endpoint.routing["auth"],
                "methods": [],
                "csrf": endpoint.routing.get("csrf", endpoint.routing["type"] == "http"),
                "parameters": [],
                "required": [],
            },
        )
        described["methods"] = sorted(
            {*described["methods"], *(endpoint.routing.get("methods") or ())}
        )
        given = {name for name in names if name != "self"} | {*described["parameters"]}
        described["parameters"] = sorted(given)
        required = {*_required(endpoint.original_endpoint)} | {*described["required"]}
        described["required"] = sorted(required)
    return found


def reports(env):
    """Return the reports by model."""
    found = {}
    for report in env["ir.actions.report"].sudo().search([]):
        found.setdefault(report.model, []).append(report.report_name)
    return found


def automations(env):
    """Return the actions that are automations' alone: id -> model."""
    domain = [("usage", "=", "base_automation")]
    actions = env["ir.actions.server"].sudo().with_context(active_test=False).search(domain)
    return {action.id: action.model_name for action in actions}


def model_ids(env):
    """Return the id of each model."""
    return {model.model: model.id for model in env["ir.model"].sudo().search([])}


def templates(env):
    """Make a usual acknowledgement of a complaint; return the templates by model."""
    env["mail.template"].create(
        {
            "name": "收件回执",
            "model_id": env["ir.model"]._get_id("helpdesk.ticket"),
            "subject": "{{ object.number }} {{ object.name }}",
            "body_html": """<p><t t-out="object.partner_name"/>，您的投诉已收到：
                <t t-out="object.description"/> <t t-out="object.service_item"/></p>""",
        }
    )
    found = {}
    for template in env["mail.template"].sudo().search([]):
        found.setdefault(template.model, []).append(template.id)
    return found
