// One way to write a value down as bytes: the JSON Canonicalization Scheme (RFC 8785), without its numbers.

import { encoded, isHalved } from "./bytes.js";
import { PanahError } from "./errors.js";
import { isObject } from "./json.js";

export class NotCanonical extends PanahError {
    constructor(what) {
        super(`A ${what} has no canonical form.`);
    }
}

/** `value` in UTF-8, keys sorted by UTF-16 code units, no white space. Throws `NotCanonical`. */
export function canonical(value) {
    const text = written(value);
    if (isHalved(text)) throw new NotCanonical("text with half a character");
    return encoded(text);
}

function written(value) {
    if (value === null || typeof value === "boolean") return String(value);
    if (typeof value === "string") return quoted(value);
    if (Number.isSafeInteger(value)) return value === 0 ? "0" : String(value);
    if (Array.isArray(value)) return "[" + value.map(written).join(",") + "]";
    if (!isObject(value)) throw new NotCanonical("number that is not an integer of up to 53 bits");
    // Array.prototype.sort compares strings by their UTF-16 code units.
    const members = Object.keys(value)
        .sort()
        .map((key) => quoted(key) + ":" + written(value[key]));
    return "{" + members.join(",") + "}";
}

/** JSON.stringify escapes what RFC 8785 does, and half characters, which have no canonical form. */
function quoted(text) {
    if (isHalved(text)) throw new NotCanonical("text with half a character");
    return JSON.stringify(text);
}
