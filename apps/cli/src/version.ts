import { readFileSync } from "node:fs";
import { join } from "node:path";

/** From the package this runs in; the same path from src and from the bundle in dist. */
export function version(): string {
  const manifest = JSON.parse(readFileSync(join(__dirname, "..", "package.json"), "utf8")) as { version: string };
  return manifest.version;
}
