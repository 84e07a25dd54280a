// Reads JSON (RFC 8259) and keeps apart what JavaScript's own reader mixes up: 1 and 1.0.
//
// Objects have no prototype, so no name in a bundle can mean anything to the page. Integers of up to 53 bits are
// numbers; every other number is `Inexact`, which has no canonical form.

import { decoded } from "./bytes.js";

/** The reference verifier, too, reads this deep and not endlessly: as deep as its interpreter's stack allows. */
const DEEPEST = 200;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const SPACE = /[ \t\n\r]*/y;

/** A number that is no integer of up to 53 bits. */
export class Inexact {
    constructor(written) {
        this.written = written;
    }
}

export function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Inexact);
}

/** The value that `bytes` write down in UTF-8; throws SyntaxError or TypeError, also for a byte order mark. */
export function parsedJson(bytes) {
    return new Parser(decoded(bytes)).whole();
}

class Parser {
    #text;
    #at = 0;

    constructor(text) {
        this.#text = text;
    }

    whole() {
        const value = this.#value(0);
        if (this.#peek() !== "") throw new SyntaxError("more than one value");
        return value;
    }

    #value(depth) {
        if (depth > DEEPEST) throw new SyntaxError("nested too deeply");
        switch (this.#peek()) {
            case "{":
                return this.#object(depth + 1);
            case "[":
                return this.#array(depth + 1);
            case '"':
                return this.#string();
            default:
                return this.#word("true", true) ?? this.#word("false", false) ?? this.#nullOrNumber();
        }
    }

    #object(depth) {
        const found = Object.create(null);
        this.#members("{", "}", () => {
            if (this.#peek() !== '"') throw new SyntaxError("a key must be text");
            const key = this.#string();
            this.#take(":");
            found[key] = this.#value(depth);
        });
        return found;
    }

    #array(depth) {
        const found = [];
        this.#members("[", "]", () => found.push(this.#value(depth)));
        return found;
    }

    #members(first, last, member) {
        this.#take(first);
        if (this.#peek() !== last) {
            member();
            while (this.#peek() === ",") {
                this.#take(",");
                member();
            }
        }
        this.#take(last);
    }

    #string() {
        const start = this.#at;
        let end = start + 1;
        while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === "\\" ? 2 : 1;
        this.#at = end + 1;
        return JSON.parse(this.#text.slice(start, end + 1));
    }

    #word(written, value) {
        if (!this.#text.startsWith(written, this.#at)) return undefined;
        this.#at += written.length;
        return value;
    }

    #nullOrNumber() {
        if (this.#word("null", true)) return null;
        NUMBER.lastIndex = this.#at;
        const match = NUMBER.exec(this.#text);
        if (!match) throw new SyntaxError("no value");
        this.#at = NUMBER.lastIndex;
        const number = Number(match[0]);
        return match[1] || match[2] || !Number.isSafeInteger(number) ? new Inexact(match[0]) : number;
    }

    /** The next character that is not white space, or "" at the end. */
    #peek() {
        SPACE.lastIndex = this.#at;
        SPACE.exec(this.#text);
        this.#at = SPACE.lastIndex;
        return this.#text.charAt(this.#at);
    }

    #take(expected) {
        if (this.#peek() !== expected) throw new SyntaxError(`no ${expected}`);
        this.#at += 1;
    }
}
