// The footnotes and exhibits of a dossier, as W3C Web Annotations write them down.

import { isHalved } from "./bytes.js";
import { PanahError, oneLine } from "./errors.js";
import { isObject } from "./json.js";

export class CheckFailed extends PanahError {
    constructor(reason) {
        super(oneLine(reason));
    }
}

/** The fields of one footnote; throws `CheckFailed` where one is missing or of another type. */
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

/** {number, originals} of one exhibit: the paths and digests of its original and, if it has one, its reading. */
export function readExhibit(exhibit) {
    const { number, original, reading } = isObject(exhibit) ? exhibit : {};
    if (!isText(number) || !isPreserved(original)) throw new CheckFailed("an exhibit has no original");
    const read = reading ?? null;
    if (read !== null && !isPreserved(read)) throw new CheckFailed("an exhibit's reading has no path or no digest");
    return { number, original, reading: read };
}

function isPreserved(value) {
    return isObject(value) && isText(value.path) && isText(value.digest);
}

function isText(value) {
    return typeof value === "string" && !isHalved(value);
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
