import { registry } from "@web/core/registry";
import { formatPercentage } from "@web/views/fields/formatters";

/** A rate of nothing is none: the base writes 0 %, as if all had gone wrong. */
export function formatRate(value, options) {
    return typeof value === "number" ? formatPercentage(value, options) : "";
}

formatRate.extractOptions = formatPercentage.extractOptions;
registry.category("formatters").add("complaint_rate", formatRate);
