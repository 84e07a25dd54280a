// What a bundle is made of: the names in it, and the statement that is signed.

import { encoded, joined, same } from "./bytes.js";
import { canonical } from "./canonical.js";
import { PanahError, oneLine } from "./errors.js";
import { isObject, parsedJson } from "./json.js";
import { signatureHolds } from "./signing.js";

export const FORMAT = "panah-dossier/1";

export const BAGIT = "bagit.txt";
export const BAG_INFO = "bag-info.txt";
export const MANIFEST = "manifest-sha256.txt";
export const TAG_MANIFEST = "tagmanifest-sha256.txt";
export const SEAL = "seal.json";
export const SIGNATURE = "seal.sig";
export const STAMP = "seal.tsr";
export const STAMP_ROOTS = "seal-authority.pem";
export const DOSSIER = "data/dossier.jsonld";
export const LEDGER = "data/ledger.jsonl";
export const SIGNED_TAGS = [BAGIT, BAG_INFO, MANIFEST];
/** The signature reaches no other file beside data/ but itself and its time-stamp. */
export const TAGS = new Set([...SIGNED_TAGS, TAG_MANIFEST, SEAL, SIGNATURE, STAMP, STAMP_ROOTS]);

export const NO_STAMP = "none";

/** Stands before the statement when it is signed, so that the signature fits nothing else. */
const CONTEXT = encoded("panah seal 1\n");

const TEXTS = ["format", "key", "made", "timestamp"];
const FIELDS = [...TEXTS, "files", "footnotes", "ledger_lines", "ledger_link", "ledger_seq", "tags"].sort().join();

export class SealUnreadable extends PanahError {
    constructor(reason) {
        super(`The seal cannot be read: ${oneLine(reason)}.`);
    }
}

/** A JSON object. Throws `SealUnreadable`. */
export function parsed(bytes, name) {
    let found;
    try {
        found = parsedJson(bytes);
    } catch {
        throw new SealUnreadable(`${name} is not JSON`);
    }
    if (!isObject(found)) throw new SealUnreadable(`${name} is not a JSON object`);
    return found;
}

/** A statement in exactly its canonical form. Throws `SealUnreadable`. */
export function readStatement(bytes) {
    const statement = { format: FORMAT, ...parsed(bytes, SEAL) };
    const whole = Object.keys(statement).sort().join() === FIELDS;
    if (!whole || !TEXTS.every((field) => typeof statement[field] === "string") || !isObject(statement.tags)) {
        throw new SealUnreadable(`${SEAL} does not have the fields of ${FORMAT}`);
    }
    if (statement.format !== FORMAT) throw new SealUnreadable(`its format is not ${FORMAT}`);
    if (!same(canonical(statement), bytes)) throw new SealUnreadable(`${SEAL} is not in canonical form`);
    return statement;
}

/** The key that signed the statement, or null where the signature does not hold. Throws `SealUnreadable`. */
export async function signerOf(statement, signatureFile) {
    const { key, signature } = parsed(signatureFile, SIGNATURE);
    if (typeof signature !== "string" || key !== statement.key) return null;
    const holds = await signatureHolds(joined([CONTEXT, canonical(statement)]), signature, statement.key);
    return holds && same(canonical({ key, signature }), signatureFile) ? statement.key : null;
}
