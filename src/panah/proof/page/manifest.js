// Manifests of a bag (RFC 8493, BagIt 1.0): one line per file, its SHA-256 and its path.

import { encoded, sorted } from "./bytes.js";
import { hexadecimal } from "./digest.js";
import { PanahError, oneLine } from "./errors.js";

// A path begins with what is not white space to the reference verifier; only a line feed ends its line.
const LINE = /^([0-9a-f]{64}) {2}((?:[^\s\x1c-\x1f\x85]|\ufeff).*)$/s;

export class ManifestBroken extends PanahError {
    constructor(name, line) {
        super(`Line ${line} of ${oneLine(name)} is not a digest and a path.`);
    }
}

/** The manifest of these paths: sorted, so that the same files always give the same bytes. */
export function manifestText(digests) {
    const lines = sorted(digests.keys()).map((path) => `${hexadecimal(digests.get(path))}  ${written(path)}\n`);
    return encoded(lines.join(""));
}

/** Path and digest of each line, as a Map. Throws `ManifestBroken`. */
export function readManifest(name, bytes) {
    const found = new Map();
    const lines = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes).split("\n");
    if (lines.at(-1) === "") lines.pop();
    lines.forEach((line, index) => {
        const match = LINE.exec(line);
        const path = match && read(match[2]);
        if (!match || found.has(path)) throw new ManifestBroken(name, index + 1);
        found.set(path, "sha256:" + match[1]);
    });
    return found;
}

/** RFC 8493, 2.1.3: percent signs and line ends in a path are escaped. */
function written(path) {
    return path.replaceAll("%", "%25").replaceAll("\n", "%0A").replaceAll("\r", "%0D");
}

function read(path) {
    return path.replace(/%0[Dd]/g, "\r").replace(/%0[Aa]/g, "\n").replaceAll("%25", "%");
}
