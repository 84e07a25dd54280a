// What the checks come to, in one word and one sentence: those of panah/proof/command.py.

import { BROKEN, OK, UNCHECKED } from "./verify.js";

/** Only the reader can say whom she knows: where she did not, these stay unchecked and do not change the verdict. */
const KNOWN_TO_THE_READER = new Set(["signer", "authority"]);

/** The checks that say something about the bundle, and not only about what the reader did not tell. */
function telling(checks) {
    return checks.filter(({ kind, outcome }) => outcome !== UNCHECKED || !KNOWN_TO_THE_READER.has(kind));
}

export function verdictOf(checks) {
    const outcomes = new Set(telling(checks).map(({ outcome }) => outcome));
    if (outcomes.has(BROKEN)) return BROKEN;
    return outcomes.has(UNCHECKED) || checks.length === 0 ? UNCHECKED : OK;
}

export function sentenceOf(checks) {
    const verdict = verdictOf(checks);
    const first = telling(checks).find(({ outcome }) => outcome === verdict);
    if (verdict === BROKEN) return `BROKEN: this bundle does not verify (${first.id}: ${first.reason}).`;
    if (verdict === UNCHECKED) return `UNCHECKED: not everything could be checked (${first.id}: ${first.reason}).`;
    const footnotes = checks.filter(({ kind }) => kind === "footnote").length;
    const signer = checks.find(({ kind }) => kind === "signer");
    const known = signer.outcome === OK ? "and signed by the key you gave" : `but ${signer.reason}`;
    return `OK: the bundle is whole, all ${footnotes} footnotes verify, ${known}.`;
}
