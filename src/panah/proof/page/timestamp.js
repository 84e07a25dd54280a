// Time-stamps (RFC 3161): a third party's word that a digest existed at a certain second.
//
// This page finds the digest and the second in the token. It does not check the authority's signature, which needs
// X.509: `panah-verify` does, and `openssl ts -verify`. So a time-stamp is at best unchecked here.

import { hexOf, same } from "./bytes.js";
import { hashed } from "./digest.js";
import { PanahError, oneLine } from "./errors.js";

export class TimestampBroken extends PanahError {
    constructor(reason) {
        super(`The time-stamp does not belong to this seal: ${oneLine(reason)}.`);
    }
}

const INTEGER = 0x02;
const OCTETS = 0x04;
const OBJECT = 0x06;
const TIME = 0x18;
const SEQUENCE = 0x30;
const SET = 0x31;
const TAGGED_0 = 0xa0;

// Object identifiers, as the hexadecimal digits of their DER.
const SIGNED_DATA = "2a864886f70d010702";
const TST_INFO = "2a864886f70d0109100104";
const ALGORITHMS = {
    "608648016503040201": "SHA-256",
    "608648016503040202": "SHA-384",
    "608648016503040203": "SHA-512",
};

/** The second that the token in `answer` names, if it is over `message`. Throws `TimestampBroken`. */
export async function stampedAt(answer, message) {
    const token = readToken(answer);
    if (!token.algorithm) throw new TimestampBroken("its digest is of an unknown kind");
    if (!same(await hashed(token.algorithm, message), token.imprint)) {
        throw new TimestampBroken("it is over another digest");
    }
    return token.at;
}

/** TimeStampResp (RFC 3161, 2.4.2), down to the fields of TSTInfo that say what was stamped, and when. */
function readToken(answer) {
    const response = only(new Der(answer), SEQUENCE);
    const status = response.next(SEQUENCE).next(INTEGER).bytes;
    if (status.length !== 1 || status[0] > 1) throw new TimestampBroken("the authority did not grant it");
    const content = only(response, SEQUENCE);
    content.expect(SIGNED_DATA);
    const signed = only(only(content, TAGGED_0), SEQUENCE);
    signed.next(INTEGER);
    signed.next(SET);
    const encapsulated = signed.next(SEQUENCE);
    encapsulated.expect(TST_INFO);
    const info = only(only(only(encapsulated, TAGGED_0), OCTETS), SEQUENCE);
    info.next(INTEGER);
    info.next(OBJECT);
    const imprint = info.next(SEQUENCE);
    const algorithm = ALGORITHMS[hexOf(imprint.next(SEQUENCE).next(OBJECT).bytes)];
    const digest = only(imprint, OCTETS).bytes;
    info.next(INTEGER);
    return { algorithm, imprint: digest, at: second(info.next(TIME).bytes) };
}

/** The one element that is left in `outer`. */
function only(outer, tag) {
    const found = outer.next(tag);
    if (!outer.ended) throw unreadable();
    return found;
}

/** GeneralizedTime, which RFC 3161 asks for in UTC, as ISO 8601. */
function second(bytes) {
    const written = String.fromCharCode(...bytes.subarray(0, 32));
    const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:[.,](\d+))?Z$/.exec(written);
    if (!match) throw unreadable();
    const [, year, month, day, hour, minute, seconds, fraction] = match;
    return `${year}-${month}-${day}T${hour}:${minute}:${seconds}${fraction ? "." + fraction : ""}+00:00`;
}

function unreadable() {
    return new TimestampBroken("its token cannot be read");
}

/** Elements of DER (X.690) one after the other: short tags and definite lengths, nothing past the end. */
class Der {
    #at = 0;

    constructor(bytes) {
        this.bytes = bytes;
    }

    get ended() {
        return this.#at === this.bytes.length;
    }

    /** The content of the next element, which must have this tag. */
    next(tag) {
        if (this.#byte() !== tag) throw unreadable();
        const length = this.#length();
        const content = this.bytes.subarray(this.#at, this.#at + length);
        if (content.length !== length) throw unreadable();
        this.#at += length;
        return new Der(content);
    }

    expect(identifier) {
        if (hexOf(this.next(OBJECT).bytes) !== identifier) throw unreadable();
    }

    #length() {
        const first = this.#byte();
        if (first < 0x80) return first;
        if (first === 0x80 || first > 0x84) throw unreadable();
        let length = 0;
        for (let left = first - 0x80; left > 0; left--) length = length * 256 + this.#byte();
        return length;
    }

    #byte() {
        if (this.ended) throw unreadable();
        return this.bytes[this.#at++];
    }
}
