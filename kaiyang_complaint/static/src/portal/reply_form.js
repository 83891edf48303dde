import { Interaction } from "@web/public/interaction";
import { registry } from "@web/core/registry";
import { addLoadingEffect } from "@web/core/utils/ui";

/**
 * The reply form of a slip. Without it the form works all the same; with it files can be picked one
 * by one and taken off again, and neither they nor the text are lost where the server refuses.
 */
export class SlipReplyForm extends Interaction {
    static selector = ".o_complaint_reply";
    dynamicContent = {
        "input[type=file]": { "t-on-change": this.addFiles },
        _root: { "t-on-submit.prevent": this.locked(this.send) },
    };

    setup() {
        this.input = this.el.querySelector("input[type=file]");
        this.list = this.el.querySelector(".o_complaint_files");
        this.page = this.el.closest("#wrap");
        this.files = [];
    }

    word(name) {
        return this.el.querySelector(`[data-word=${name}]`).textContent;
    }

    addFiles() {
        const known = new Set(this.files.map((file) => file.name + file.size));
        this.files.push(
            ...[...this.input.files].filter((file) => !known.has(file.name + file.size)),
        );
        this.showFiles();
    }

    removeFile(file) {
        this.files = this.files.filter((other) => other !== file);
        this.showFiles();
    }

    showFiles() {
        const chosen = new DataTransfer();
        this.files.forEach((file) => chosen.items.add(file));
        this.input.files = chosen.files;
        this.list.replaceChildren(...this.files.map((file) => this.makeItem(file)));
    }

    makeItem(file) {
        const item = document.createElement("li");
        item.className =
            "list-group-item d-flex justify-content-between align-items-center gap-2 py-1";
        const size = Math.max(file.size / 1048576, 0.01).toFixed(2);
        const name = document.createElement("span");
        name.className = "text-break";
        name.textContent = `${file.name} (${size} MB)`;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-sm btn-link text-danger";
        this.addListener(button, "click", () => this.removeFile(file));
        button.textContent = this.word("remove");
        item.append(name, button);
        return item;
    }

    /** Say what stands against sending, or nothing. */
    obstacle() {
        const large = this.files.filter((file) => file.size > Number(this.el.dataset.maxFile));
        if (large.length) {
            return `${this.word("large")} ${large.map((file) => file.name).join("、")}`;
        }
        const total = this.files.reduce((sum, file) => sum + file.size, 0);
        return total > Number(this.el.dataset.maxTotal) ? this.word("total") : "";
    }

    async send(event) {
        const button = event.submitter || this.el.querySelector("button[type=submit]");
        const restoreButton = addLoadingEffect(button);
        const error = this.obstacle() || (await this.post(button));
        if (error) {
            this.showError(error);
            restoreButton();
        }
    }

    /** Post the form and leave for the next page, or return what went wrong. */
    async post(button) {
        let response;
        try {
            const body = new FormData(this.el);
            if (button.name) {
                body.append(button.name, button.value);
            }
            response = await this.waitFor(fetch(this.el.action, { method: "POST", body }));
        } catch {
            return this.word("offline");
        }
        if (response.redirected && !new URL(response.url).pathname.includes("/web/login")) {
            window.location = response.url;
            return "";
        }
        const answer = new DOMParser().parseFromString(await response.text(), "text/html");
        const error = answer.querySelector(".o_complaint_error")?.textContent.trim();
        return error || this.word("login");
    }

    showError(message) {
        const alert = document.createElement("div");
        alert.className = "alert alert-danger o_complaint_text";
        alert.setAttribute("role", "alert");
        alert.textContent = message;
        const place = this.page.querySelector(".o_complaint_error");
        place.replaceChildren(alert);
        place.scrollIntoView({ block: "center" });
    }
}

registry.category("public.interactions").add("kaiyang_complaint.reply_form", SlipReplyForm);
