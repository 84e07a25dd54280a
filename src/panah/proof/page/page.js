// The page: takes a bundle and, if the reader has it, the signer's key; shows what `verified` finds.

import { Unpacked, Zipped } from "./unpacking.js";
import { canDigest, digestOf, hexadecimal } from "./digest.js";
import { ContainerUnreadable } from "./container.js";
import { PanahError } from "./errors.js";
import { KeyUnreadable, expectedFingerprint } from "./signing.js";
import { made, reportShown, verdictShown } from "./report.js";
import { sentenceOf, verdictOf } from "./command.js";
import { UNCHECKED, verified } from "./verify.js";

/** How long the page may work before it lets the browser draw, in milliseconds. */
const BREATH = 50;
const NO_DIGESTS = "this browser cannot compute digests here (it has no WebCrypto)";

const at = (id) => document.getElementById(id);
const inputs = [at("zip"), at("folder"), at("key")];
let chosen = null;
let run = 0;

/** Check what was chosen last, from the beginning; a newer run makes an older one stop. */
async function check() {
    if (!chosen) return;
    const own = ++run;
    const current = () => own === run;
    begin();
    try {
        const found = await outcomeOf(chosen, at("key").value, paced(current));
        if (current()) show(found);
    } catch (error) {
        if (current()) show(failed(error));
    }
}

/** {verdict, sentence, checks, subject} of what was chosen. */
async function outcomeOf({ open, subject }, key, progress) {
    if (!canDigest()) return refused(`${NO_DIGESTS}, so nothing was checked`);
    const checks = [];
    try {
        const signer = key.trim() ? await expectedFingerprint(key) : null;
        for await (const found of verified(open, signer, progress)) {
            checks.push(found);
            await progress();
        }
        return { verdict: verdictOf(checks), sentence: sentenceOf(checks), checks, subject: await subject() };
    } catch (error) {
        if (error instanceof KeyUnreadable) at("key").setAttribute("aria-invalid", "true");
        if (error instanceof PanahError) return refused(error.message);
        throw error;
    }
}

function refused(sentence) {
    return { verdict: UNCHECKED, sentence: `UNCHECKED: ${sentence}`, checks: [], subject: [] };
}

/** The file changed or vanished while it was read, there is not enough memory, or the page has a fault. */
function failed(error) {
    return refused(`this page could not go on (${error.name}: ${error.message}), so the bundle was not checked`);
}

class Superseded extends Error {}

/** Lets the browser draw now and then; called with the number of bytes done and their total, or nothing. */
function paced(current) {
    let last = performance.now();
    return async (done, total) => {
        if (performance.now() - last < BREATH) return;
        if (total) at("progress").value = done / total;
        await new Promise((resolve) => setTimeout(resolve));
        if (!current()) throw new Superseded();
        last = performance.now();
    };
}

function begin() {
    delete document.documentElement.dataset.verdict;
    at("json").textContent = "";
    at("verdict").replaceChildren();
    at("report").replaceChildren();
    at("key").removeAttribute("aria-invalid");
    at("progress").value = 0;
    at("name").textContent = chosen.name;
    at("working").hidden = false;
}

function show({ verdict, sentence, checks, subject }) {
    at("working").hidden = true;
    at("verdict").replaceChildren(verdictShown(verdict, sentence));
    at("report").replaceChildren(...(checks.length ? reportShown(subject, checks) : []));
    const plain = checks.map(({ id, kind, outcome, reason }) => ({ id, kind, outcome, reason }));
    at("json").textContent = JSON.stringify({ verdict, sentence, checks: plain }, null, 1);
    document.documentElement.dataset.verdict = verdict;
    at("verdict").scrollIntoView({ block: "nearest" });
}

function take(name, open, subject) {
    chosen = { name, open, subject };
    check();
}

function takeFile(file) {
    let view;
    const open = async () => new Zipped((view = await Zipped.read(file)));
    const subject = async () => [
        ["Bundle", file.name],
        ["Size", `${file.size.toLocaleString("en")} bytes`],
        ["SHA-256", hexadecimal(await digestOf(view))],
        ["Checked", now()],
    ];
    take(file.name, open, subject);
}

function takeFolder(files) {
    const name = files[0].webkitRelativePath.split("/")[0];
    take(name, () => Unpacked.read(files), async () => [["Folder", name], ["Checked", now()]]);
}

function now() {
    const written = new Date().toLocaleString("en-GB", { dateStyle: "long", timeStyle: "long" });
    return `${written}, by the clock of this computer`;
}

function drop(event) {
    event.preventDefault();
    document.body.classList.remove("over");
    const [item] = event.dataTransfer.items;
    const file = event.dataTransfer.files[0];
    if (item?.webkitGetAsEntry?.()?.isDirectory) {
        at("folder").focus();
        const open = async () => {
            throw new ContainerUnreadable("a folder cannot be dropped here: choose it with the button");
        };
        take(file?.name ?? "folder", open, async () => []);
    } else if (file) {
        takeFile(file);
    }
}

function start() {
    for (const input of inputs) input.disabled = false;
    at("ask").addEventListener("submit", (event) => event.preventDefault());
    at("zip").addEventListener("change", ({ target }) => target.files.length && takeFile(target.files[0]));
    at("folder").addEventListener("change", ({ target }) => target.files.length && takeFolder([...target.files]));
    at("key").addEventListener("change", check);
    addEventListener("dragover", (event) => {
        event.preventDefault();
        document.body.classList.add("over");
    });
    addEventListener("dragleave", (event) => event.relatedTarget || document.body.classList.remove("over"));
    addEventListener("drop", drop);
    addEventListener("beforeprint", () => {
        for (const part of document.querySelectorAll("details")) part.open = true;
    });
    if (!canDigest()) at("verdict").replaceChildren(verdictShown(UNCHECKED, `UNCHECKED: ${NO_DIGESTS}: use another.`));
}

start();
