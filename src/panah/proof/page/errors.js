// One family of errors, as in panah/errors. The message is the sentence that people read.

export class PanahError extends Error {}

/** A value out of a bundle as text: what is not there is None, as the reference verifier writes it. */
export function shown(value) {
    if (value === null || value === undefined) return "None";
    return typeof value === "object" ? "a list or an object" : String(value);
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
