// Derives each room's package.json dependencies, nx tags, exports and tsconfig references from rooms.json.
//   node tools/workspace/sync.mjs          writes
//   node tools/workspace/sync.mjs --check  exits 1 and names the rooms that differ
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const check = process.argv.includes("--check");
const rooms = Object.entries(JSON.parse(readFileSync(join(root, "tools/workspace/rooms.json"), "utf8"))).filter(
  ([path]) => !path.startsWith("$"),
);
const nameOf = (path) => (path.startsWith("libs/") ? path.slice(5).replaceAll("/", "-") : `app-${path.slice(5)}`);
const pathOf = new Map(rooms.map(([path]) => [nameOf(path), path]));
const versions = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).dependencies;
const stale = [];

function put(file, text) {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  stale.push(relative(root, file));
  if (!check) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

for (const [path, room] of rooms) {
  const dir = join(root, path);
  const file = join(dir, "package.json");
  const old = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const dependencies = {};
  for (const name of room.imports) {
    if (!pathOf.has(name)) throw new Error(`rooms.json: ${path} imports ${name}, which is no room`);
    dependencies[`@moldau/${name}`] = "*";
  }
  for (const name of room.npm ?? []) {
    if (!versions[name]) throw new Error(`rooms.json: ${path} uses ${name}, which the root package.json does not pin`);
    dependencies[name] = versions[name];
  }
  put(
    file,
    json({
      name: path === "apps/cli" ? "moldau" : `@moldau/${nameOf(path)}`,
      version: "0.1.0",
      private: true,
      license: "Apache-2.0",
      ...(old.bin ? { bin: old.bin } : {}),
      ...(path.startsWith("libs/")
        ? {
            exports: {
              ".": { "@moldau/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" },
            },
          }
        : {}),
      nx: {
        tags: [`room:${nameOf(path)}`, `layer:${room.layer}`, ...(room.pure ? ["pure"] : [])],
        targets: { build: {}, test: {}, lint: {} },
      },
      dependencies: Object.fromEntries(Object.entries(dependencies).sort(([a], [b]) => (a < b ? -1 : 1))),
    }),
  );
  put(
    join(dir, "tsconfig.json"),
    json({
      extends: relative(dir, join(root, room.pure ? "tsconfig.pure.json" : "tsconfig.base.json")),
      compilerOptions: { rootDir: "src", outDir: "dist", tsBuildInfoFile: "dist/.tsbuildinfo" },
      include: ["src"],
      exclude: ["src/**/*.spec.ts", "src/**/testing/**"],
      references: room.imports.map((name) => ({ path: relative(dir, join(root, pathOf.get(name))) })),
    }),
  );
}
put(join(root, "tsconfig.json"), json({ files: [], references: rooms.map(([path]) => ({ path })) }));
if (check && stale.length > 0) {
  console.error(`out of step with tools/workspace/rooms.json: ${stale.join(", ")}\nrun: npm run sync`);
  process.exit(1);
}
