// The programs of a run, bundled into the run's own folder: what others edit meanwhile does not change a run.
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";

const root = join(__dirname, "../..");
export const roles = ["controller", "broker", "coordinator", "gateway"] as const;

/** Bundles the roles' programs, with a planted fault where `plugins` plants one, and the clients as they are. */
export async function bundlePrograms(directory: string, plugins: readonly Plugin[]): Promise<void> {
  mkdirSync(directory, { recursive: true });
  // Third-party packages stay outside of the bundles, and are found from there.
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const bundle = (entry: string, name: string, extra: readonly Plugin[]) =>
    build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile: join(directory, `${name}.cjs`),
      bundle: true,
      platform: "node",
      target: "node20",
      format: "cjs",
      conditions: ["@moldau/source"],
      external: Object.keys(dependencies),
      sourcemap: "linked",
      logLevel: "silent",
      plugins: [...extra],
    });
  for (const role of roles) await bundle(join(root, "apps", role, "src/main.ts"), role, plugins);
  await bundle(join(__dirname, "workers/main.ts"), "client", []);
}
