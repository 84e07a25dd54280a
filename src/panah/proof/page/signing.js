// Signatures with Ed25519 (RFC 8032), and the fingerprints by which people tell keys apart.

import { fromHex } from "./bytes.js";
import { digestOf, hexadecimal } from "./digest.js";
import { PanahError, oneLine } from "./errors.js";
import { Point, verifyAsync } from "./vendor/noble-ed25519.js";

const PUBLIC = /^ed25519:[0-9a-f]{64}$/;
const FINGERPRINT = /^[0-9a-f]{64}$/;
const SIGNATURE = /^[0-9a-f]{128}$/;

export class KeyUnreadable extends PanahError {
    constructor(text) {
        const forms = "neither a key (ed25519:...) nor a fingerprint (64 hexadecimal digits, spaces allowed)";
        super(`“${oneLine(text)}” is ${forms}.`);
    }
}

/** Whether `signed` is the signature of `message` by `key`. Throws `KeyUnreadable` for what is not a key. */
export async function signatureHolds(message, signed, key) {
    const raw = bytesOfKey(key);
    if (!SIGNATURE.test(signed)) return false;
    const signature = fromHex(signed);
    if (!(await verifyAsync(signature, message, raw, { zip215: false }))) return false;
    // The library multiplies its equation by the cofactor; the reference verifier does not. The two can only differ
    // for points outside the prime-order group, which no honest key or signature has.
    return [raw, signature.subarray(0, 32)].every((point) => Point.fromBytes(point).isTorsionFree());
}

/** SHA-256 of the key's 32 bytes in sixteen groups of four: short enough to read out over the telephone. */
export async function fingerprint(key) {
    return grouped(hexadecimal(await digestOf(bytesOfKey(key))));
}

/** The fingerprint meant by what a reader gave: a fingerprint, or a key. Throws `KeyUnreadable`. */
export async function expectedFingerprint(text) {
    const compact = text.replace(/\s+/g, "").toLowerCase();
    if (PUBLIC.test(compact)) return fingerprint(compact);
    const digits = compact.replaceAll(":", "");
    if (FINGERPRINT.test(digits)) return grouped(digits);
    throw new KeyUnreadable(text.trim().slice(0, 80));
}

function bytesOfKey(key) {
    if (!PUBLIC.test(key)) throw new KeyUnreadable(key);
    return fromHex(key.slice("ed25519:".length));
}

function grouped(digits) {
    return digits.match(/.{4}/g).join(" ");
}
