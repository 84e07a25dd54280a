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
const SIGNED_TAGS = [BAGIT, BAG_INFO, MANIFEST];
/** The files that may lie beside data/; what else lies there, nobody signed. */
export const TAGS = new Set([...SIGNED_TAGS, TAG_MANIFEST, SEAL, SIGNATURE, STAMP, STAMP_ROOTS]);

export const NO_STAMP = "none";
const RFC_3161 = "rfc3161";

/** The files beside data/ that a statement with this time-stamp is about: with one, its authority's roots too. */
export function signedTags(timestamp) {
    return timestamp === RFC_3161 ? [...SIGNED_TAGS, STAMP_ROOTS] : SIGNED_TAGS;
}

/** Stands before the statement when it is signed, so that the signature fits nothing else. */
const CONTEXT = encoded("panah seal 1\n");

const isText = (value) => typeof value === "string";
const isInteger = Number.isSafeInteger;

/** The kind of each field of a statement, as JSON writes it. */
const KINDS = {
    made: isText, key: isText, tags: isObject, files: isInteger, footnotes: isInteger, ledger_lines: isInteger,
    ledger_seq: isInteger, ledger_link: isText, timestamp: isText, format: isText,
};

export class SealUnreadable extends PanahError {
    constructor(reason) {
        super(`The seal cannot be read: ${oneLine(reason)}.`);
    }
}

/** A JSON object in exactly its canonical form: nothing in it can be read in two ways. Throws `SealUnreadable`. */
export function parsed(bytes, name) {
    let found, written;
    try {
        found = parsedJson(bytes);
        written = canonical(found);
    } catch {
        throw new SealUnreadable(`${name} is not canonical JSON`);
    }
    if (!isObject(found) || !same(written, bytes)) {
        throw new SealUnreadable(`${name} is not a JSON object in canonical form`);
    }
    return found;
}

/** A statement in exactly its canonical form. Throws `SealUnreadable`. */
export function readStatement(bytes) {
    const found = parsed(bytes, SEAL);
    if (found.format !== FORMAT) throw new SealUnreadable(`its format is not ${FORMAT}`);
    const kinds = Object.entries(KINDS);
    if (Object.keys(found).length !== kinds.length || !kinds.every(([name, isKind]) => isKind(found[name]))) {
        throw new SealUnreadable(`${SEAL} does not have the fields of ${FORMAT}`);
    }
    return found;
}

/** The key that signed the statement, or null where the signature does not hold. Throws `SealUnreadable`. */
export async function signerOf(statement, signatureFile) {
    const found = parsed(signatureFile, SIGNATURE);
    if (found.key !== statement.key || !isText(found.signature) || Object.keys(found).length !== 2) return null;
    const holds = await signatureHolds(joined([CONTEXT, canonical(statement)]), found.signature, statement.key);
    return holds ? statement.key : null;
}
