import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";

const BLOCK = 512;
const DIRECTORY = "5";

/** Hundreds of small files, each synced: in memory where the system has such a place. */
const TEMPORARY = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** The folder of this room's test data. */
export const TESTDATA = join(__dirname, "..", "..", "testdata");

/** Unpacks testdata/<name>.tar.gz below a new temporary directory and returns that. Plain files with short names only. */
export function unpack(name: string): string {
  const target = mkdtempSync(join(TEMPORARY, "moldau-offline-"));
  const tar = gunzipSync(readFileSync(join(TESTDATA, `${name}.tar.gz`)));
  const text = (at: number, length: number) => tar.toString("latin1", at, at + length).replace(/\0.*$/s, "");
  for (let at = 0; text(at, 100) !== "";) {
    const path = join(target, text(at, 100));
    const sizeBytes = parseInt(text(at + 124, 12), 8);
    const content = tar.subarray(at + BLOCK, at + BLOCK + sizeBytes);
    if (text(at + 156, 1) === DIRECTORY) mkdirSync(path, { recursive: true });
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
    at += BLOCK + Math.ceil(sizeBytes / BLOCK) * BLOCK;
  }
  return target;
}
