// The ledger of a bundle: a header with the link before the first line; then lines with their body, or its digest
// where it is withheld.

import { bodyDigest, firstBreak } from "./chain.js";
import { digestFrom } from "./digest.js";
import { CheckFailed } from "./dossier.js";
import { isObject, parsedJson } from "./json.js";

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** {links, bodies}; throws `CheckFailed` where a line cannot be read or does not stand on the one before it. */
export async function readLedger(bytes) {
    const [header = {}, ...lines] = linesOf(bytes).map(objectOn);
    const ledger = { links: [], bodies: [] };
    for (const line of lines) {
        const { seq, link, body } = line;
        const written = Number.isSafeInteger(seq) && typeof link === "string";
        if (written && isObject(body) && body.seq === seq) {
            ledger.links.push({ seq, link, body: await bodyDigest(body) });
            ledger.bodies.push(body);
        } else if (written && typeof line.body_digest === "string") {
            ledger.links.push({ seq, link, body: digestFrom(line.body_digest) });
        } else {
            throw new CheckFailed(`ledger line ${ledger.links.length + 1} cannot be read`);
        }
    }
    const broken = await firstBreak(digestFrom(header.previous), ledger.links);
    if (broken) {
        throw new CheckFailed(`the ledger is broken at line ${broken.seq}: it was changed, or one before it is gone`);
    }
    return ledger;
}

/** Lines end with a line feed, a carriage return, or both; the last may do without. */
function linesOf(bytes) {
    const lines = [];
    let start = 0;
    for (let at = 0; at < bytes.length; at++) {
        if (bytes[at] !== LINE_FEED && bytes[at] !== CARRIAGE_RETURN) continue;
        lines.push(bytes.subarray(start, at));
        if (bytes[at] === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED) at += 1;
        start = at + 1;
    }
    if (start < bytes.length) lines.push(bytes.subarray(start));
    return lines;
}

function objectOn(line) {
    let found;
    try {
        found = parsedJson(line);
    } catch {
        throw new CheckFailed("a line of the ledger is not JSON");
    }
    return isObject(found) ? found : {};
}
