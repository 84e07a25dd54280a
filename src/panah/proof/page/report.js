// Puts the checks on the page: the verdict, what is not as it should be, then every footnote, then the rest.
//
// Everything from a bundle goes in as text, in elements of its own direction; nothing is ever read as HTML. What is
// hostile in it must not turn the report's own words round: but for quotations, such characters are shown as escapes.

import { oneLine } from "./errors.js";
import { BROKEN, OK, UNCHECKED } from "./verify.js";

const SIGN = { [OK]: "✓", [BROKEN]: "✕", [UNCHECKED]: "?" };
const WORD = { [OK]: "OK", [BROKEN]: "BROKEN", [UNCHECKED]: "UNCHECKED" };
const NAMES = {
    container: "Container",
    manifest: "Manifest",
    file: "File",
    seal: "Seal",
    signature: "Signature",
    signer: "Signer",
    timestamp: "Time-stamp",
    authority: "Authority",
    custody: "Exhibit",
    ledger: "Ledger",
};
const SEALED = new Set(["container", "manifest", "ledger", "seal", "signature", "signer", "timestamp", "authority"]);

/** An element with attributes and children; text becomes text. */
export function made(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    for (const child of children) {
        if (child !== null) element.append(child);
    }
    return element;
}

/** The verdict, in one word and one sentence. The sentence begins with the word, as on the command line. */
export function verdictShown(verdict, sentence) {
    const word = WORD[verdict];
    const rest = sentence.slice(sentence.indexOf(":") + 1);
    return made(
        "p",
        { class: `verdict ${verdict}` },
        made("span", { class: "sign", "aria-hidden": "true" }, SIGN[verdict]),
        made("strong", { class: "word" }, word, made("span", { class: "colon" }, ":")),
        made("span", { class: "sentence", dir: "auto" }, ...typeset(rest)),
    );
}

/** What was checked, when, and every check; `subject` is a list of [name, text]. */
export function reportShown(subject, checks) {
    const wrong = checks.filter(({ outcome }) => outcome === BROKEN);
    const footnotes = checks.filter(({ kind }) => kind === "footnote");
    return [
        made("dl", { class: "subject" }, ...subject.map(([name, text]) => termed(name, text))),
        wrong.length ? section("What is not as it was sealed", listed(wrong)) : null,
        footnotes.length ? section(counted("Footnotes", footnotes), listed(footnotes, withWords)) : null,
        section("Seal and ledger", listed(checks.filter(({ kind }) => SEALED.has(kind)))),
        folded("Exhibits", checks.filter(({ kind }) => kind === "custody")),
        folded("Files", checks.filter(({ kind }) => kind === "file")),
    ].filter((part) => part !== null);
}

function termed(name, text) {
    return made("div", {}, made("dt", {}, name), made("dd", {}, made("bdi", {}, ...typeset(text))));
}

const DIGITS = /(?:sha256:)?\b[0-9a-f]{64}\b|(?:\b[0-9a-f]{4} ){15}[0-9a-f]{4}\b/;
const PROGRAM = /panah-verify|openssl ts -verify/;
const PLACE = /bytes \d+-\d+|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)/;
const SPECIAL = new RegExp(`(${DIGITS.source}|${PROGRAM.source}|${PLACE.source})`);

/** The text, with digests, programs and places set so that they can be read: the words stay what they are. */
function typeset(text) {
    const special = (part) => {
        if (PLACE.test(part)) return made("span", { class: "place" }, part);
        return made("code", { class: PROGRAM.test(part) ? "place" : "digits" }, part);
    };
    return oneLine(text).split(SPECIAL).map((part, index) => (index % 2 ? special(part) : part));
}

function section(title, ...children) {
    return made("section", {}, made("h2", {}, title), ...children);
}

function folded(title, checks) {
    if (!checks.length) return null;
    return made("details", {}, made("summary", {}, made("h2", {}, counted(title, checks))), listed(checks));
}

/** `Files: 14 OK, 1 BROKEN`. */
function counted(title, checks) {
    const counts = [OK, BROKEN, UNCHECKED].map((outcome) => [
        checks.filter((check) => check.outcome === outcome).length,
        WORD[outcome],
    ]);
    return `${title}: ${counts.filter(([count]) => count).map(([count, word]) => `${count} ${word}`).join(", ")}`;
}

function listed(checks, also = () => null) {
    const list = made("ul", { class: "checks", role: "list" });
    for (const check of checks) list.append(lineOf(check, also(check)));
    return list;
}

function lineOf(check, also) {
    return made(
        "li",
        { class: check.outcome },
        made("span", { class: "name" }, nameOf(check)),
        made(
            "span",
            { class: "outcome" },
            made("span", { "aria-hidden": "true" }, SIGN[check.outcome]),
            ` ${WORD[check.outcome]}`,
        ),
        made("span", { class: "reason", dir: "auto" }, ...typeset(reasonOf(check))),
        also,
    );
}

function nameOf({ id, kind }) {
    const number = id.split("footnote-")[1];
    if (kind === "footnote") return number ? `Footnote ${number}` : "Dossier";
    return NAMES[kind];
}

/** A file that is as listed is known by its path. */
function reasonOf({ id, kind, outcome, reason }) {
    return kind === "file" && outcome === OK ? id.slice("file:".length) : reason;
}

function withWords({ words, outcome }) {
    if (words === undefined) return null;
    const quote = made("blockquote", { dir: "auto" }, words);
    if (outcome === OK) return quote;
    return made("div", { class: "claimed" }, made("span", {}, "The dossier quotes:"), quote);
}
