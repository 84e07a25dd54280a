// The age format by age-encryption, for tests:  node age.mjs encrypt|decrypt key|passphrase WORDS  < in  > out
import { buffer } from "node:stream/consumers";
import { Decrypter, Encrypter } from "age-encryption";

const [act, by, words] = process.argv.slice(2);
const given = new Uint8Array(await buffer(process.stdin));
if (act === "encrypt") {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(12); // a test has other things to wait for
  by === "key" ? encrypter.addRecipient(words) : encrypter.setPassphrase(words);
  process.stdout.write(await encrypter.encrypt(given));
} else {
  const decrypter = new Decrypter();
  by === "key" ? decrypter.addIdentity(words) : decrypter.addPassphrase(words);
  process.stdout.write(await decrypter.decrypt(given));
}
