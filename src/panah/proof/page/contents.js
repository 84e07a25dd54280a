// What the dossier and the ledger of a bundle say, read strictly.

import { parsed } from "./bundle.js";
import { bodyDigest, firstBreak } from "./chain.js";
import { digestFrom } from "./digest.js";
import { PanahError, oneLine, shown } from "./errors.js";
import { isObject } from "./json.js";

const LINE_FEED = 0x0a;
const LEDGER_FORMAT = "panah-ledger/2";
/** null, for the first bundles were checked without a look at it. */
const FORMATS = [LEDGER_FORMAT, "panah-ledger/1", null];
const RECORD = ["details", "kind", "salt", "subject"];

export class CheckFailed extends PanahError {
    constructor(reason) {
        super(oneLine(reason));
    }
}

export class NotKnown extends PanahError {
    constructor(reason) {
        super(oneLine(reason));
    }
}

/** The fields of one footnote; throws `CheckFailed` where one is missing or of another kind. */
export function readFootnote(annotation) {
    const target = object(object(annotation).target);
    const [place, quote] = Array.isArray(target.selector) && target.selector.length === 2 ? target.selector : [];
    const note = {
        number: annotation.number,
        label: annotation.label,
        digest: annotation.digest,
        source: target.source,
        start: typed(place, "DataPositionSelector").start,
        end: place.end,
        exact: typed(quote, "TextQuoteSelector").exact,
        prefix: quote.prefix,
        suffix: quote.suffix,
    };
    const numbers = [note.number, note.start, note.end].every(Number.isSafeInteger);
    const texts = [note.label, note.digest, note.source, note.exact, note.prefix, note.suffix].every(isText);
    if (!numbers || !texts || note.start < 0 || note.start >= note.end) throw malformed();
    return note;
}

/**
 * A stretch of the ledger, {links, bodies}: a header with the link before the first line; then lines with their body,
 * or its digest where it is withheld. Throws `CheckFailed`, also where a link does not stand on the one before it.
 */
export async function readExcerpt(bytes) {
    const [header, ...lines] = linesOf(bytes).map((line) => parsed(line, "a line of the ledger"));
    const ledger = { links: [], bodies: [] };
    if (!FORMATS.includes(header.format ?? null)) {
        throw new CheckFailed(`the ledger is written in a format other than ${LEDGER_FORMAT}`);
    }
    for (const { seq, link, body, what, body_digest: withheld } of lines) {
        const numbered = Number.isSafeInteger(seq) && isText(link);
        if (numbered && isObject(body) && body.seq === seq) {
            ledger.links.push({ seq, link, body: await bodyDigest(body) });
            ledger.bodies.push(header.format === LEDGER_FORMAT ? await whole(body, what ?? null) : body);
        } else if (numbered && isText(withheld)) {
            ledger.links.push({ seq, link, body: digestFrom(withheld) });
        } else {
            throw new CheckFailed(`ledger line ${ledger.links.length + 1} cannot be read`);
        }
    }
    const broken = await firstBreak(digestFrom(shown(header.previous)), ledger.links);
    if (broken) {
        throw new CheckFailed(`the ledger is broken at line ${broken.seq}: it was changed, or one before it is gone`);
    }
    return ledger;
}

/** A body with what it is about, which is the record that its `what` is the digest of. Throws `CheckFailed`. */
async function whole(body, record) {
    const digest = body.what ?? null;
    if (digest === null && record === null) return body; // of the time when a body said all itself
    if (isText(digest) && isRecord(record) && !RECORD.some((name) => Object.hasOwn(body, name))) {
        if ((await bodyDigest(record)) === digest) return { ...record, ...body };
    }
    throw new CheckFailed(`ledger line ${body.seq} is about something else than it says`);
}

function isRecord(value) {
    return isObject(value) && Object.keys(value).length === RECORD.length && RECORD.every((name) => Object.hasOwn(value, name));
}

/** A line feed stands between lines, and may stand behind the last. */
function linesOf(bytes) {
    const text = bytes.at(-1) === LINE_FEED ? bytes.subarray(0, -1) : bytes;
    const lines = [];
    let start = 0;
    for (let end = text.indexOf(LINE_FEED); end !== -1; end = text.indexOf(LINE_FEED, start)) {
        lines.push(text.subarray(start, end));
        start = end + 1;
    }
    return [...lines, text.subarray(start)];
}

export function isText(value) {
    return typeof value === "string";
}

function object(value) {
    if (!isObject(value)) throw malformed();
    return value;
}

function typed(value, type) {
    if (object(value).type !== type) throw malformed();
    return value;
}

function malformed() {
    return new CheckFailed("the footnote is not written as the bundle format asks");
}
