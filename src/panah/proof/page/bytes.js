// Bytes and text.

const encoder = new TextEncoder();

/** Whether text has a lone half of a character, which has no bytes in UTF-8. */
export function isHalved(text) {
    return /\p{Surrogate}/u.test(text);
}

/** UTF-8. The encoder would write a lone half of a character as U+FFFD: ask `isHalved` first. */
export function encoded(text) {
    return encoder.encode(text);
}

/** Text in UTF-8, byte order mark and all; throws TypeError for anything else. */
export function decoded(bytes) {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

export function same(a, b) {
    return a.length === b.length && order(a, b) === 0;
}

/** Negative, zero or positive, as `a` sorts before, with or after `b`. */
export function order(a, b) {
    const shorter = Math.min(a.length, b.length);
    for (let at = 0; at < shorter; at++) {
        if (a[at] !== b[at]) return a[at] - b[at];
    }
    return a.length - b.length;
}

/** Paths sorted by code point, which is the order of their UTF-8. */
export function sorted(paths) {
    return Array.from(paths, (path) => [encoded(path), path])
        .sort((a, b) => order(a[0], b[0]))
        .map(([, path]) => path);
}

export function joined(pieces) {
    const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
        whole.set(piece, at);
        at += piece.length;
    }
    return whole;
}

export function hexOf(bytes) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes that an even number of lower-case hexadecimal digits stand for. */
export function fromHex(digits) {
    return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}
