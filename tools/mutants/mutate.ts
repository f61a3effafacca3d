import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { plant, type Mutant } from "./mutant";

const root = join(__dirname, "../..");

/** esbuild plugin that plants the fault while its file is loaded; `onPlanted` is called when it was. */
export function mutate(mutant: Mutant, onPlanted: () => void = () => undefined): Plugin {
  const path = join(root, mutant.file);
  return {
    name: `mutant ${mutant.name}`,
    setup(build) {
      build.onLoad({ filter: new RegExp(`${path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`) }, () => {
        const contents = plant(mutant, readFileSync(path, "utf8"));
        onPlanted();
        return { contents, loader: "ts" };
      });
    },
  };
}
