import { registry } from "@web/core/registry";
import { SignatureDialog } from "@web/core/signature/signature_dialog";
import { SignatureField, signatureField } from "@web/views/fields/signature/signature_field";

/** Asks for a signature under the text that is signed. */
export class SignedTextDialog extends SignatureDialog {
    static template = "kaiyang_complaint.SignedTextDialog";
    static props = { ...SignatureDialog.props, title: String, lines: Array };
}

/** Return the plain text of what an editor holds. */
function plainText(html) {
    return new DOMParser().parseFromString(html, "text/html").body.innerText;
}

/** A signature that is given under the fields which it is about, named by the option `fields`. */
export class SignedTextField extends SignatureField {
    static props = { ...SignatureField.props, signedFields: { type: Array, optional: true } };

    get lines() {
        const { record, signedFields = [] } = this.props;
        return signedFields
            .filter((name) => record.data[name])
            .map((name) => ({ name, label: record.fields[name].string, text: this.textOf(name) }));
    }

    textOf(name) {
        const { data, fields } = this.props.record;
        const field = fields[name];
        if (field.type === "html") {
            return plainText(data[name]);
        }
        if (field.type === "boolean") {
            return "✓";
        }
        return registry.category("formatters").get(field.type)(data[name], { field });
    }

    onClickSignature() {
        if (this.props.readonly) {
            return;
        }
        this.dialogService.add(SignedTextDialog, {
            title: this.props.record.fields[this.props.name].string,
            lines: this.lines,
            nameAndSignatureProps: {
                displaySignatureRatio: 3,
                signatureType: "signature",
                noInputName: true,
                defaultFont: this.props.defaultFont,
            },
            uploadSignature: (signature) => this.uploadSignature(signature),
        });
    }
}

registry.category("fields").add("complaint_signature", {
    ...signatureField,
    component: SignedTextField,
    extractProps: (info) => ({
        ...signatureField.extractProps(info),
        signedFields: info.options.fields,
    }),
});
