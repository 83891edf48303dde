import { onMounted, onWillUnmount, useEffect, useState, useSubEnv } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useDebounced } from "@web/core/utils/timing";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { ledgerItem } from "../case_list/ledger";
import { ComplaintFormCompiler, ComplaintFormRenderer } from "../next_step/next_step";
import { focusField, focusMissing } from "./intake_fields";

const { DateTime } = luxon;

// How long after the first entry a draft is kept, so that its address names it; how long after
// each later one; and when it is tried again where the server did not answer.
const KEEP_AFTER_MS = 400;
const KEEP_AGAIN_AFTER_MS = 2000;
const RETRY_AFTER_MS = 10000;
// Saving reloads what these show: who writes in one is not interrupted.
const EDITOR = ".odoo-editor-editable";
const ROWS = ".o_field_x2many, .o_field_many2many_tags";
const ACCEPTING = ["action_look_through", "action_accept"];
const INTAKE = "kaiyang_complaint.complaint_action_intake";
const COMPLAINTS = "kaiyang_complaint.complaint_action";
const NEW_CALL = "kaiyang_complaint.complaint_action_register_phone";

/** Tell whether rows were added that have yet to learn under which id they are stored. */
function hasNewRows({ activeFields, fields, data }) {
    return Object.keys(activeFields)
        .filter((name) => fields[name].type === "one2many")
        .some((name) => data[name].records.some((row) => row.isNew));
}

/** Tell whether somebody has typed part of a name and not chosen yet whom or what it means. */
function isChoosing(focus, { data }) {
    if (!focus || !focus.matches(".o-autocomplete--input")) {
        return false;
    }
    const name = focus.closest(".o_field_widget")?.getAttribute("name");
    return focus.value !== (data[name]?.display_name || "");
}

/**
 * A form that leaves no record where nothing was entered, and keeps a draft from the first entry
 * on, whenever one pauses: a reload in the middle of a call comes back to it.
 */
export class ComplaintFormController extends FormController {
    setup() {
        super.setup();
        this.isTouched = false;
        this.kept = useState({ at: null, hasFailed: false });
        useSubEnv({ complaintKept: this.kept });
        this.keepFirst = useDebounced(() => this.keepDraft(), KEEP_AFTER_MS);
        this.keepLater = useDebounced(() => this.keepDraft(), KEEP_AGAIN_AFTER_MS);
        this.keepRetry = useDebounced(() => this.keepDraft(), RETRY_AFTER_MS);
        const onInput = () => this.touch();
        onMounted(() => this.rootRef.el.addEventListener("input", onInput));
        onWillUnmount(() => this.rootRef.el?.removeEventListener("input", onInput));
    }

    get modelParams() {
        const params = super.modelParams;
        params.hooks.onRecordChanged = () => this.touch();
        return params;
    }

    touch() {
        const record = this.model.root;
        if (!record || this.env.inDialog) {
            return;
        }
        if (record.isNew) {
            this.isTouched = true;
            this.keepFirst();
        } else if (record.data.complaint_state === "draft") {
            this.keepLater();
        }
    }

    get isBusy() {
        return this.isKeeping || this.isExecuting || this.formInDialog > 0;
    }

    async keepDraft() {
        const record = this.model.root;
        const focus = this.rootRef.el?.contains(document.activeElement) && document.activeElement;
        if (this.isBusy || isChoosing(focus, record)) {
            this.keepLater();
            return;
        }
        if (focus && focus.closest(ROWS)) {
            return;
        }
        this.isKeeping = true;
        try {
            // Reading everything anew puts other lists in place of those that somebody may add to now.
            const isReadAnew = record.isNew || hasNewRows(record);
            const reload = isReadAnew && !(focus && focus.closest(EDITOR));
            this.kept.hasFailed = !(await this.keep(record, reload));
            if (!this.kept.hasFailed) {
                this.kept.at = DateTime.local();
            }
        } finally {
            this.isKeeping = false;
        }
    }

    /** Save without a word where it can't be: what was entered stays on the screen. */
    async keep(record, reload) {
        if (!(await record.checkValidity({ displayNotification: false }))) {
            return false;
        }
        let failed = false;
        const onError = () => {
            failed = true;
            this.keepRetry();
        };
        const saved = await record.save({ reload, onError });
        return saved !== false && !failed;
    }

    // Meanwhile nothing is saved: what is read afterwards would replace what is typed now.
    async beforeExecuteActionButton(clickParams) {
        const saved = await super.beforeExecuteActionButton(clickParams);
        this.isExecuting = saved !== false;
        return saved;
    }

    async afterExecuteActionButton(clickParams) {
        await super.afterExecuteActionButton(clickParams);
        this.isExecuting = false;
        if (!this.model.root.isNew) {
            this.touch();
        }
    }

    async beforeUnload(ev) {
        if (!this.model.root.isNew) {
            return super.beforeUnload(ev);
        }
        // Odoo would save a new form whatever is in it, under an address that names no record.
        if (this.isTouched) {
            this.keepDraft();
            ev.preventDefault();
            ev.returnValue = "Unsaved changes";
        }
    }

    /** A new complaint is taken down where there is room for it. */
    create() {
        return this.actionService.doAction(NEW_CALL);
    }
}

/** The form of intake: it leads to what is missing, and to the case once there is one. */
export class IntakeController extends ComplaintFormController {
    setup() {
        super.setup();
        onMounted(() => this.focusFirst());
        useEffect(
            (state, resId) => {
                if (resId && state && state !== "draft") {
                    this.actionService.doAction(COMPLAINTS, {
                        viewType: "form",
                        props: { resId },
                        stackPosition: "replaceCurrentAction",
                    });
                }
            },
            () => [this.model.root.data.complaint_state, this.model.root.resId],
        );
    }

    async beforeExecuteActionButton(clickParams) {
        // Who has read the announcement listens at once: what is typed meanwhile is not lost.
        if (clickParams.name === "action_announce") {
            focusField(this.rootRef.el, "description");
        }
        const saved = await super.beforeExecuteActionButton(clickParams);
        const missing = this.model.root.data.missing_elements;
        if (saved !== false && missing && ACCEPTING.includes(clickParams.name)) {
            const isLed = focusMissing(this.rootRef.el, missing.split(","));
            this.isExecuting = !isLed;
            return !isLed;
        }
        return saved;
    }

    /** A draft that is taken up again begins with what it lacks. */
    focusFirst() {
        const { isNew, data } = this.model.root;
        if (!isNew && !focusMissing(this.rootRef.el, (data.missing_elements || "").split(","))) {
            focusField(this.rootRef.el, "description");
        }
    }

    /** The next one comes in as this one did. */
    async create() {
        await FormController.prototype.create.call(this);
        this.isTouched = false;
        Object.assign(this.kept, { at: null, hasFailed: false });
    }
}

/** Open a draft in the form of intake; return whether it is one. */
function openDraft(controller, record) {
    const isDraft = record.data.complaint_state === "draft";
    if (isDraft) {
        controller.actionService.doAction(INTAKE, { props: { resId: record.resId } });
    }
    return isDraft;
}

/** Lists and boards of complaints hide none: Odoo offers that wherever a model has ``active``. */
export class ComplaintListController extends ListController {
    setup() {
        super.setup();
        this.archiveEnabled = false;
        this.ledgerItem = ledgerItem(() => this.model.root);
    }

    getStaticActionMenuItems() {
        return { ...super.getStaticActionMenuItems(), ledger: this.ledgerItem };
    }

    async openRecord(record, options) {
        return openDraft(this, record) || super.openRecord(record, options);
    }

    async createRecord() {
        await this.actionService.doAction(NEW_CALL);
    }
}

export class ComplaintKanbanController extends KanbanController {
    setup() {
        super.setup();
        this.archiveEnabled = false;
    }

    async openRecord(record, options) {
        return openDraft(this, record) || super.openRecord(record, options);
    }

    async createRecord() {
        await this.actionService.doAction(NEW_CALL);
    }
}

registry
    .category("views")
    .add("complaint_intake", { ...formView, Controller: IntakeController })
    .add("complaint_form", {
        ...formView,
        Controller: ComplaintFormController,
        Renderer: ComplaintFormRenderer,
        Compiler: ComplaintFormCompiler,
    })
    .add("complaint_list", { ...listView, Controller: ComplaintListController })
    .add("complaint_kanban", { ...kanbanView, Controller: ComplaintKanbanController });
