import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
const rooms = Object.keys(JSON.parse(readFileSync(join(root, "tools/workspace/rooms.json"), "utf8")) as object).filter(
  (path) => !path.startsWith("$"),
);
const architecture = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
/** Paths in backticks that claim to be in this repository. */
const named = [...architecture.matchAll(/`((?:libs|apps|proto|tools|deploy)\/[^`\s]*)`/g)].map((match) => match[1]!);

it.each(rooms)("%s is on the map and has a README", (room) => {
  expect(named).toContain(room);
  expect(existsSync(join(root, room, "README.md"))).toBe(true);
});

it("names nothing that does not exist", () => {
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it("knows every folder that has a package.json", () => {
  const folders = ["libs", "libs/roles", "apps"].flatMap((parent) =>
    readdirSync(join(root, parent))
      .map((name) => `${parent}/${name}`)
      .filter((path) => existsSync(join(root, path, "package.json"))),
  );
  expect(folders.sort()).toEqual([...rooms].sort());
});
