// Digests that carry their algorithm, as in `sha256:9f86d0...`. The browser computes them (WebCrypto).

import { fromHex, hexOf, joined } from "./bytes.js";
import { PanahError, oneLine } from "./errors.js";

export class DigestUnknown extends PanahError {
    constructor(digest) {
        super(`“${oneLine(digest)}” is not a SHA-256 digest.`);
    }
}

/** Whether this browser can compute digests and signatures here. */
export function canDigest() {
    return typeof globalThis.crypto?.subtle?.digest === "function";
}

/** The bytes of a digest: `algorithm` is SHA-256, SHA-384 or SHA-512. */
export async function hashed(algorithm, bytes) {
    return new Uint8Array(await globalThis.crypto.subtle.digest(algorithm, bytes));
}

/** SHA-256 over the pieces, one after the other. */
export async function digestOf(...pieces) {
    return "sha256:" + hexOf(await hashed("SHA-256", pieces.length === 1 ? pieces[0] : joined(pieces)));
}

/** A digest that somebody wrote down; throws `DigestUnknown` for anything else. */
export function digestFrom(text) {
    if (typeof text !== "string" || !/^sha256:[0-9a-f]{64}$/.test(text)) throw new DigestUnknown(text);
    return text;
}

/** The 64 digits without the algorithm, as BagIt manifests write them. */
export function hexadecimal(digest) {
    return digestFrom(digest).slice("sha256:".length);
}

/** The 32 bytes that a digest stands for. */
export function bytesOfDigest(digest) {
    return fromHex(hexadecimal(digest));
}
