// The files of a bag, by path: out of the ZIP file, or out of the folder that it was unpacked to.

import { SEAL } from "./bundle.js";
import { ContainerBroken, ContainerUnreadable, LARGEST_CONTAINER, Reader, crcOf } from "./container.js";

const PIECE = 1 << 22;

/** Too large for this page: not checked, which is not the same as broken. */
function refuseAbove(size) {
    if (size > LARGEST_CONTAINER) {
        throw new ContainerUnreadable("it has 4 GiB or more, which is too large for this page: use panah-verify");
    }
}

const LEADING_OUT = new Set(["", ".", ".."]);

/** Whether a program that unpacks `path` may write elsewhere. On Windows a backslash and a colon have a meaning, too. */
export function leadsOut(path) {
    return path.split("/").some((part) => LEADING_OUT.has(part)) || /[\\:]/.test(path);
}

export class Zipped {
    container = "every byte of it is as it was written";
    #reader;
    #top;

    /** The bytes of a File. Throws `ContainerUnreadable`. */
    static async read(file) {
        if (file.size === 0) throw new ContainerUnreadable("it is empty");
        refuseAbove(file.size);
        return new Uint8Array(await file.arrayBuffer());
    }

    /** Throws `ContainerUnreadable` and `ContainerBroken`. */
    constructor(view) {
        this.#reader = new Reader(view);
        const paths = [...this.#reader.entries.keys()];
        const [top] = paths[0].split("/");
        this.#top = `${top}/`;
        if (leadsOut(top) || !paths.every((path) => path.startsWith(this.#top))) {
            throw new ContainerBroken("it does not hold one folder and nothing beside it");
        }
    }

    paths() {
        return new Set(Array.from(this.#reader.entries.keys(), (path) => path.slice(this.#top.length)));
    }

    bytesOf(path) {
        return this.#reader.bytesOf(this.#top + path);
    }

    /** Whether the container's checksum fits; `progress` is awaited with the number of bytes gone through. */
    async intact(path, progress) {
        const bytes = this.bytesOf(path);
        let crc = 0;
        for (let at = 0; at < bytes.length; at += PIECE) {
            const piece = bytes.subarray(at, at + PIECE);
            crc = crcOf(piece, crc);
            await progress(piece.length);
        }
        return crc === this.#reader.entries.get(this.#top + path).crc;
    }
}

export class Unpacked {
    container = "unpacked: there is no container to check";
    #files;

    /** `files` are the Files of a folder, as the browser lists them. Throws `ContainerUnreadable`. */
    static async read(files) {
        refuseAbove(files.reduce((size, file) => size + file.size, 0));
        const named = files.map((file) => [file.webkitRelativePath.split("/").slice(1).join("/"), file]);
        if (!named.some(([path]) => path === SEAL)) throw new ContainerUnreadable(`the folder has no ${SEAL}`);
        const found = new Map();
        for (const [path, file] of named) found.set(path, new Uint8Array(await file.arrayBuffer()));
        return new Unpacked(found);
    }

    constructor(files) {
        this.#files = files;
    }

    paths() {
        return new Set(this.#files.keys());
    }

    bytesOf(path) {
        return this.#files.get(path);
    }

    async intact(path, progress) {
        await progress(this.bytesOf(path).length);
        return true;
    }
}
