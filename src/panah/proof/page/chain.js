// A chain of entries in which no entry can be changed, removed or moved without breaking every later link.
// The link of an entry is SHA-256(link before || digest of its body).

import { canonical } from "./canonical.js";
import { bytesOfDigest, digestOf } from "./digest.js";

/** The digest of an entry's canonical form. */
export async function bodyDigest(body) {
    return digestOf(canonical(body));
}

/** The link of an entry whose body digests to `body`, standing on the link `previous`. */
export async function linked(previous, body) {
    return digestOf(bytesOfDigest(previous), bytesOfDigest(body));
}

/** The first of `links` ({seq, body, link}) that does not stand on the one before it; null if all do. */
export async function firstBreak(previous, links) {
    let expected = null;
    for (const entry of links) {
        if (entry.link !== (await linked(previous, entry.body))) return entry;
        if (expected !== null && entry.seq !== expected) return entry;
        previous = entry.link;
        expected = entry.seq + 1;
    }
    return null;
}
