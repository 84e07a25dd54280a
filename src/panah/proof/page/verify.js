// Checks a bundle from the outside, with nothing but the bundle: the steps of panah/proof/verify.py, by number.
//
// `verified` yields one check {id, kind, outcome, reason} for each thing that could be wrong; a footnote's check also
// has its words. What did not run is `unchecked`, never `ok`.

import {
    DOSSIER, LEDGER, MANIFEST, NO_STAMP, SEAL, SIGNATURE, STAMP, STAMP_ROOTS, TAGS, TAG_MANIFEST,
    parsed, readStatement, signedTags, signerOf
} from "./bundle.js";
import { encoded, same, sorted } from "./bytes.js";
import { ContainerBroken } from "./container.js";
import { CheckFailed, NotKnown, isText, readExcerpt, readFootnote } from "./contents.js";
import { digestFrom, digestOf } from "./digest.js";
import { PanahError, shown } from "./errors.js";
import { isObject } from "./json.js";
import { manifestText, readManifest } from "./manifest.js";
import { fingerprint } from "./signing.js";
import { stampedAt } from "./timestamp.js";
import { leadsOut } from "./unpacking.js";

export const OK = "ok";
export const BROKEN = "broken";
export const UNCHECKED = "unchecked";

/** The ledger's verb for an Original's arrival. */
const CUSTODY = "taken in";

/**
 * Every check of the files that `open` gives (a `Zipped` or an `Unpacked`). `signer` is the fingerprint of the
 * key that must have signed, or null; `progress(done, total)` is awaited often enough to let the page breathe.
 * Throws `ContainerUnreadable` for what is no bundle at all.
 */
export async function* verified(open, signer, progress) {
    try {
        const files = await open();
        yield { id: "container", kind: "container", outcome: OK, reason: files.container };
        yield* new Bundle(files, signer, progress).checks();
    } catch (error) {
        if (!(error instanceof ContainerBroken)) throw error;
        yield { id: "container", kind: "container", outcome: BROKEN, reason: error.message };
    }
}

/** One pass over a bundle; later steps use what earlier ones read. */
class Bundle {
    #files;
    #signer;
    #progress;
    #paths;
    #digests = new Map();
    #footnotes = 0;
    #ledger = { links: [], bodies: [] };

    constructor(files, signer, progress) {
        this.#files = files;
        this.#signer = signer;
        this.#paths = files.paths();
        const sizes = Array.from(this.#paths, (path) => files.bytesOf(path).length);
        const total = 2 * sizes.reduce((sum, size) => sum + size, 0);
        let done = 0;
        this.#progress = (bytes) => progress((done += bytes), total);
    }

    async *checks() {
        yield* this.#everyFile();
        let dossier = {};
        try {
            dossier = parsed(this.#bytes(DOSSIER), DOSSIER);
        } catch (error) {
            yield broken("dossier", "footnote", error);
        }
        yield* this.#everyFootnote(dossier);
        yield this.#reporting("ledger", "ledger", () => this.#followTheLedger());
        yield* this.#everyCustody(dossier);
        yield this.#reporting("seal", "seal", () => this.#compareTheSeal());
        yield this.#reporting("signature", "signature", () => this.#checkTheSignature());
        yield this.#reporting("signer", "signer", () => this.#compareTheSigner());
        yield* this.#when();
    }

    // Steps 1 and 2: each file has the digest that its manifest gives, and there is no other file.

    async *#everyFile() {
        for (const path of sorted(this.#paths)) {
            const bytes = this.#files.bytesOf(path);
            this.#digests.set(path, await digestOf(bytes));
            await this.#progress(bytes.length);
        }
        const payload = [...this.#paths].filter((path) => path.startsWith("data/"));
        const tags = [...this.#paths].filter((path) => !path.startsWith("data/") && path !== TAG_MANIFEST);
        yield* this.#against(MANIFEST, payload);
        yield* this.#against(TAG_MANIFEST, tags);
    }

    async *#against(manifest, present) {
        let listed;
        try {
            listed = readManifest(manifest, this.#bytes(manifest));
        } catch (error) {
            yield broken(manifest, "manifest", error);
            return;
        }
        for (const path of sorted(new Set([...present, ...listed.keys()]))) {
            const reason = await this.#wrongWith(path, listed);
            yield { id: `file:${path}`, kind: "file", outcome: reason ? BROKEN : OK, reason: reason ?? "as listed" };
        }
        const written = same(manifestText(listed), this.#bytes(manifest));
        if (!written || !(await this.#files.intact(manifest, this.#progress))) {
            const reason = `${manifest} is not written as a bundle writes it`;
            yield { id: manifest, kind: "manifest", outcome: BROKEN, reason };
        }
    }

    async #wrongWith(path, listed) {
        const found = this.#digests.get(path);
        if (!found) return `${path} is missing`;
        if (!path.startsWith("data/") && !TAGS.has(path)) {
            return `${path} was added: a bundle has no such file beside data/`;
        }
        if (leadsOut(path)) return `${path} leads out of the bundle`;
        if (!listed.has(path)) return `${path} was added: it is in no manifest`;
        if (found !== listed.get(path)) {
            return `${path} was changed: its digest is ${found}, the manifest has ${listed.get(path)}`;
        }
        if (!(await this.#files.intact(path, this.#progress))) {
            return `${path} does not match the checksum of the container`;
        }
        return null;
    }

    // Step 3: each footnote's words stand in its reading, byte for byte.

    async *#everyFootnote(dossier) {
        for (const annotation of list(dossier.items)) {
            const position = ++this.#footnotes;
            const seen = {};
            const check = () => this.#footnote(annotation, position, seen);
            yield { ...(await this.#reporting(`footnote-${position}`, "footnote", check)), ...seen };
        }
    }

    async #footnote(annotation, position, seen) {
        const note = readFootnote(annotation);
        seen.words = note.exact;
        if (note.number !== position) throw new CheckFailed(`it is numbered ${note.number}`);
        const reading = this.#bytes(`data/${note.source}`);
        const place = `bytes ${note.start}-${note.end}`;
        const words = reading.subarray(note.start, note.end);
        if (!same(words, encoded(note.exact))) {
            throw new CheckFailed(`${note.label}, ${place}: the reading has other words there`);
        }
        if ((await digestOf(words)) !== note.digest) {
            throw new CheckFailed(`${note.label}, ${place}: the words do not have the digest of the footnote`);
        }
        const [prefix, suffix] = [encoded(note.prefix), encoded(note.suffix)];
        const before = reading.subarray(Math.max(0, note.start - prefix.length), note.start);
        const after = reading.subarray(note.end, note.end + suffix.length);
        if (!same(before, prefix) || !same(after, suffix)) {
            throw new CheckFailed(`${note.label}, ${place}: the words around the quotation are others`);
        }
        return `${note.label}, ${place}`;
    }

    // Step 4: the ledger is one chain, and each exhibit has a line that says when it was taken in.

    async #followTheLedger() {
        this.#ledger = await readExcerpt(this.#bytes(LEDGER));
        return `${this.#ledger.links.length} lines, unbroken`;
    }

    async *#everyCustody(dossier) {
        for (const [index, exhibit] of list(dossier.exhibits).entries()) {
            yield this.#reporting(`custody-${index + 1}`, "custody", () => this.#custody(exhibit));
        }
    }

    #custody(exhibit) {
        const { number, original, reading = null } = isObject(exhibit) ? exhibit : {};
        if (!isText(number) || !isPreserved(original)) throw new CheckFailed("an exhibit has no original");
        this.#has(number, original, "original");
        if (isPreserved(reading)) this.#has(number, reading, "reading");
        else if (reading !== null) {
            throw new CheckFailed(`exhibit ${number}: its reading is not written as the bundle format asks`);
        }
        const arrival = this.#ledger.bodies.find((body) => body.verb === CUSTODY && body.subject === original.digest);
        if (!arrival) throw new CheckFailed(`exhibit ${number}: the ledger does not say when it was taken in`);
        return `exhibit ${number}: taken in ${shown(arrival.at)}`;
    }

    #has(number, { path, digest }, what) {
        if (this.#digests.get(`data/${path}`) === digestFrom(digest)) return;
        throw new CheckFailed(`exhibit ${number}: ${path} is not the ${what} with digest ${digest}`);
    }

    // Step 5: the statement is about these files, footnotes and ledger lines, and no others.

    #compareTheSeal() {
        const statement = this.#statement();
        const tags = signedTags(statement.timestamp);
        for (const tag of sorted(new Set([...tags, ...Object.keys(statement.tags)]))) {
            if (tags.includes(tag) && this.#digests.has(tag) && this.#digests.get(tag) === statement.tags[tag]) continue;
            throw new CheckFailed(`the seal is about another ${tag}`);
        }
        const last = this.#ledger.links.at(-1) ?? { seq: null, link: null };
        const files = [...this.#paths].filter((path) => path.startsWith("data/")).length;
        for (const [what, found, sealed] of [
            ["files", files, statement.files],
            ["footnotes", this.#footnotes, statement.footnotes],
            ["ledger lines", this.#ledger.links.length, statement.ledger_lines],
            ["ledger number", last.seq, statement.ledger_seq],
            ["ledger link", last.link, statement.ledger_link],
        ]) {
            if (found !== sealed) {
                throw new CheckFailed(`${what}: the seal says ${shown(sealed)}, the bundle has ${shown(found)}`);
            }
        }
        return `sealed ${statement.made}: ${statement.files} files, ${statement.footnotes} footnotes`;
    }

    #statement() {
        return readStatement(this.#bytes(SEAL));
    }

    // Step 6: the signature, and whose it is.

    async #checkTheSignature() {
        const signer = await signerOf(this.#statement(), this.#bytes(SIGNATURE));
        if (signer === null) throw new CheckFailed("the signature is not over this statement by the key it names");
        return `by the key ${await fingerprint(signer)}`;
    }

    async #compareTheSigner() {
        const found = await fingerprint(this.#statement().key);
        if (this.#signer === null) {
            throw new NotKnown(`the signer is not known to this reader: compare the key ${found} with her own word`);
        }
        if (found !== this.#signer) throw new CheckFailed(`signed by ${found}, not by the key you gave`);
        return "by the key you gave";
    }

    // Step 7: the time-stamp, and whose it is.

    async *#when() {
        let promised;
        try {
            promised = this.#statement().timestamp;
        } catch (error) {
            yield broken("timestamp", "timestamp", error);
            return;
        }
        if (promised === NO_STAMP) {
            yield this.#reporting("timestamp", "timestamp", () => this.#noStamp());
            return;
        }
        yield this.#reporting("timestamp", "timestamp", () => this.#stamp());
        yield this.#reporting("authority", "authority", () => {
            const why = "the time-stamping authority is not known to this page: panah-verify takes its root certificate";
            throw new NotKnown(why);
        });
    }

    #noStamp() {
        for (const path of [STAMP, STAMP_ROOTS]) {
            if (!this.#paths.has(path)) continue;
            throw new CheckFailed(`${path} was added: the seal says that no time-stamp was made`);
        }
        return "no time-stamp was made: the date of the seal is the sealer's own word";
    }

    async #stamp() {
        this.#bytes(STAMP_ROOTS);
        const at = await stampedAt(this.#bytes(STAMP), this.#bytes(SIGNATURE));
        throw new NotKnown(
            `it says ${at} and is over this signature, but this page does not check the authority's own signature: ` +
                "panah-verify does, or openssl ts -verify",
        );
    }

    async #reporting(id, kind, check) {
        try {
            return { id, kind, outcome: OK, reason: await check() };
        } catch (error) {
            if (error instanceof NotKnown) return { id, kind, outcome: UNCHECKED, reason: error.message };
            return broken(id, kind, error);
        }
    }

    #bytes(path) {
        if (!this.#paths.has(path)) throw new CheckFailed(`${path} is missing`);
        return this.#files.bytesOf(path);
    }
}

/** A check that failed; an error that is no `PanahError` is a fault of the page, and is thrown on. */
function broken(id, kind, error) {
    if (!(error instanceof PanahError)) throw error;
    return { id, kind, outcome: BROKEN, reason: error.message };
}

function isPreserved(value) {
    return isObject(value) && isText(value.path) && isText(value.digest);
}

function list(value) {
    return Array.isArray(value) ? value : [];
}
