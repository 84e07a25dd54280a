// One family of errors, as in panah/errors. The message is the sentence that people read.

export class PanahError extends Error {}

/** A value out of a bundle as text, as the reference verifier writes it: Python's `str`. */
export function shown(value) {
    return typeof value === "string" ? value : written(value);
}

/** `fact` as text that cannot break out of its line: control and direction characters are shown as escapes. */
export function oneLine(fact) {
    return shown(fact).replace(/[\p{C}\p{Z}]/gu, (character) => (character === " " ? " " : escaped(character)));
}

function escaped(character) {
    const named = { "\t": "\\t", "\n": "\\n", "\r": "\\r" }[character];
    const point = character.codePointAt(0);
    const digits = point.toString(16);
    if (named) return named;
    if (point < 0x100) return "\\x" + digits.padStart(2, "0");
    return point < 0x10000 ? "\\u" + digits.padStart(4, "0") : "\\U" + digits.padStart(8, "0");
}

/** Python's `repr`; what is not there is None. */
function written(value) {
    if (value === null || value === undefined) return "None";
    if (typeof value === "boolean") return value ? "True" : "False";
    if (typeof value === "string") return quoted(value);
    if (typeof value !== "object") return String(value);
    if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
    const members = Object.keys(value)
        .sort()
        .map((key) => `${quoted(key)}: ${written(value[key])}`);
    return `{${members.join(", ")}}`;
}

function quoted(text) {
    const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
    return mark + oneLine(text.replaceAll("\\", "\\\\").replaceAll(mark, `\\${mark}`)) + mark;
}
