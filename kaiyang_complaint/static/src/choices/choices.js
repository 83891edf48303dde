import { registry } from "@web/core/registry";
import { SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

/** A text that is one of those in another field, such as the sheets of a file. */
export class ChoicesField extends SelectionField {
    static props = { ...SelectionField.props, choicesField: { type: String } };

    get options() {
        return (this.props.record.data[this.props.choicesField] || []).map((text) => [text, text]);
    }

    get string() {
        return this.value || "";
    }

    onChange(value) {
        this.props.record.update({ [this.props.name]: value ?? false });
    }
}

registry.category("fields").add("complaint_choices", {
    ...selectionField,
    component: ChoicesField,
    supportedTypes: ["char"],
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...selectionField.extractProps(fieldInfo, dynamicInfo),
        choicesField: fieldInfo.options.choices_field,
    }),
});
