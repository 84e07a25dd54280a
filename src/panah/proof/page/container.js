// The ZIP file that a bundle travels in, in one form only. Entries are stored, not compressed, in the order of their
// paths; times, attributes, comments and extra fields are fixed or absent: any other byte means that somebody touched
// it. Field names and numbers are those of the ZIP Application Note (APPNOTE 6.3.10).

import { decoded, encoded, joined, order, same } from "./bytes.js";
import { PanahError, oneLine } from "./errors.js";

const UTF_8_NAMES = 1 << 11;
const MIDNIGHT_1980 = [0, 0x21];
const REGULAR_FILE = 0o100644 * 0x10000;
const VERSION = 20;
const VERSION_ZIP64 = 45;
const UNIX = 3 << 8;
const FULL = 0xffffffff;
const MOST_ENTRIES = 0xffff;

const LOCAL_SIZE = 30;
const END_SIZE = 22;

export class ContainerBroken extends PanahError {
    constructor(reason) {
        super(`The container was changed after it was sealed: ${oneLine(reason)}.`);
    }
}

export class ContainerUnreadable extends PanahError {
    constructor(reason) {
        super(`This is not a bundle: ${oneLine(reason)}.`);
    }
}

/** Reads a container, and nothing whose headers or directory differ from one by a byte. */
export class Reader {
    #view;

    constructor(view) {
        this.#view = view;
        /** Path to {path, name, size, crc, offset}. */
        this.entries = new Map(this.#strictly().map((entry) => [entry.path, entry]));
    }

    bytesOf(path) {
        const { offset, size } = this.entries.get(path);
        return this.#view.subarray(offset, offset + size);
    }

    /** Step 1: walk the local headers from the first byte. Step 2: compare the directory that must follow. */
    #strictly() {
        const entries = [];
        let at = 0;
        while (startsWith(this.#view.subarray(at), "PK\x03\x04")) {
            const entry = this.#localEntry(at);
            if (entries.length && order(entry.name, entries.at(-1).name) <= 0) {
                throw new ContainerBroken(`${entry.path} is out of order`);
            }
            entries.push(entry);
            at = entry.offset + entry.size;
        }
        if (!entries.length) this.#refuse();
        if (!same(this.#view.subarray(at), directory(entries, at))) {
            throw new ContainerBroken("its directory is not the one that its files give");
        }
        return entries;
    }

    #refuse() {
        if (startsWith(this.#view.subarray(-END_SIZE), "PK")) {
            throw new ContainerBroken("its first byte is not as it was written, or another program packed it");
        }
        throw new ContainerUnreadable("it is not a ZIP file that Panah wrote");
    }

    #localEntry(at) {
        const unreadable = new ContainerBroken(`the entry at byte ${at} cannot be read`);
        const header = this.#view.subarray(at, at + LOCAL_SIZE);
        if (header.length < LOCAL_SIZE) throw unreadable;
        const fields = new DataView(header.buffer, header.byteOffset, LOCAL_SIZE);
        const crc = fields.getUint32(14, true);
        const extra = at + LOCAL_SIZE + fields.getUint16(26, true);
        const offset = extra + fields.getUint16(28, true);
        const name = this.#view.subarray(at + LOCAL_SIZE, extra);
        const path = textOf(name, unreadable);
        const wide = this.#view.subarray(extra + 4, extra + 12);
        let size = fields.getUint32(22, true);
        if (size === FULL) {
            if (wide.length < 8) throw unreadable;
            size = wide.reduceRight((sum, byte) => sum * 256 + byte, 0);
        }
        if (!same(this.#view.subarray(at, offset), localHeader(name, size, crc, wide))) {
            throw new ContainerBroken(`the header at byte ${at} is not as it was written`);
        }
        if (offset + size > this.#view.length) throw new ContainerBroken(`${path} is cut short`);
        return { path, name, size, crc, offset };
    }
}

/** CRC-32 of `piece`, going on from `before`. */
export function crcOf(piece, before = 0) {
    let crc = ~before;
    for (let at = 0; at < piece.length; at++) crc = CRC_TABLE[(crc ^ piece[at]) & 0xff] ^ (crc >>> 8);
    return ~crc >>> 0;
}

const CRC_TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
    for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
    return byte;
});

function startsWith(view, text) {
    return same(view.subarray(0, text.length), encoded(text));
}

function textOf(name, unreadable) {
    try {
        return decoded(name);
    } catch {
        throw unreadable;
    }
}

/** Fields one after the other, little-endian: [size, value]. */
function packed(...fields) {
    const bytes = [];
    for (const [size, value] of fields) {
        for (let place = 0; place < size; place++) bytes.push(Math.floor(value / 256 ** place) % 256);
    }
    return Uint8Array.from(bytes);
}

const LOCAL = [4, 0x04034b50];
const CENTRAL = [4, 0x02014b50];
const END = [4, 0x06054b50];
const END_64 = [4, 0x06064b50];
const LOCATOR_64 = [4, 0x07064b50];
const short = (value) => [2, value];
const long = (value) => [4, value];
const huge = (value) => [8, value];

/** `wide` are the bytes of a size that takes more than 32 bits (ZIP64). */
function localHeader(name, size, crc, wide) {
    const large = size >= FULL;
    const extra = large ? joined([packed(short(1), short(16)), wide, wide]) : new Uint8Array();
    const narrow = long(Math.min(size, FULL));
    const fixed = packed(
        LOCAL, short(large ? VERSION_ZIP64 : VERSION), short(UTF_8_NAMES), short(0), ...MIDNIGHT_1980.map(short),
        long(crc), narrow, narrow, short(name.length), short(extra.length),
    );
    return joined([fixed, name, extra]);
}

// A container of 4 GiB and more does not fit into a page: in a directory only the number of entries is ever wide.

function centralHeader({ name, size, crc, offset }) {
    const fixed = packed(
        CENTRAL, short(UNIX | VERSION), short(VERSION), short(UTF_8_NAMES), short(0), ...MIDNIGHT_1980.map(short),
        long(crc), long(size), long(size), short(name.length), short(0), short(0), short(0), short(0),
        long(REGULAR_FILE), long(offset - LOCAL_SIZE - name.length),
    );
    return joined([fixed, name]);
}

function directory(entries, at) {
    const central = joined(entries.map(centralHeader));
    const count = entries.length;
    const size = central.length;
    let end64 = new Uint8Array();
    if (count >= MOST_ENTRIES) {
        end64 = packed(
            END_64, huge(44), short(UNIX | VERSION_ZIP64), short(VERSION_ZIP64), long(0), long(0),
            huge(count), huge(count), huge(size), huge(at),
            LOCATOR_64, long(0), huge(at + size), long(1),
        );
    }
    const few = Math.min(count, MOST_ENTRIES);
    const end = packed(END, short(0), short(0), short(few), short(few), long(size), long(at), short(0));
    return joined([central, end64, end]);
}

/** The largest file that fits: every offset in it has 32 bits. */
export const LARGEST_CONTAINER = FULL - 1;
