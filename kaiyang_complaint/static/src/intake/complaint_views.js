import { onMounted, onWillUnmount } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useDebounced } from "@web/core/utils/timing";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";
import { ListController } from "@web/views/list/list_controller";
import { listView } from "@web/views/list/list_view";
import { ledgerItem } from "../case_list/ledger";

// How long after the first entry a draft is kept, so that its address names it.
const KEEP_AFTER_MS = 400;
// Saving reloads what these show: who writes in one is not interrupted.
const EDITOR = ".odoo-editor-editable";
const ROWS = ".o_field_x2many";

/**
 * A form that leaves no record where nothing was entered, and keeps a draft from the first entry
 * on: a reload in the middle of a call comes back to it.
 */
export class ComplaintFormController extends FormController {
    setup() {
        super.setup();
        this.isTouched = false;
        this.keepSoon = useDebounced(() => this.keepDraft(), KEEP_AFTER_MS);
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
        if (this.model.root?.isNew && !this.env.inDialog) {
            this.isTouched = true;
            this.keepSoon();
        }
    }

    async keepDraft() {
        const record = this.model.root;
        const focus = this.rootRef.el?.contains(document.activeElement) && document.activeElement;
        if (!record.isNew || this.isKeeping || (focus && focus.closest(ROWS))) {
            return;
        }
        this.isKeeping = true;
        try {
            if (await record.checkValidity({ displayNotification: false })) {
                await record.save({ reload: !(focus && focus.closest(EDITOR)) });
            }
        } finally {
            this.isKeeping = false;
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
}

export class ComplaintKanbanController extends KanbanController {
    setup() {
        super.setup();
        this.archiveEnabled = false;
    }
}

registry
    .category("views")
    .add("complaint_form", { ...formView, Controller: ComplaintFormController })
    .add("complaint_list", { ...listView, Controller: ComplaintListController })
    .add("complaint_kanban", { ...kanbanView, Controller: ComplaintKanbanController });
