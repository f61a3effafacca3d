#!/usr/bin/env node
// The `moldau` command. `up` and `server` are the cluster; `import`, `log` and `kafka-dump-log` work on its files: they live in
// the standalone program. Everything else talks to a cluster as any Kafka client does and lives in the cli program. Each is a
// bundle of its own, so neither pays for the other.
"use strict";
const { spawnSync } = require("node:child_process");
const { existsSync } = require("node:fs");
const { basename, join } = require("node:path");

const apps = join(__dirname, "..", "..");
// Called through a link with the name of one of Kafka's tools, it is that tool: ln -s "$(which moldau)" kafka-topics
const called = basename(process.argv[1]);
if (called.startsWith("kafka-")) process.argv.splice(2, 0, called);
const command = process.argv[2];
const server = ["up", "server", "import", "log", "kafka-dump-log"];
const program = server.includes(command) ? "standalone" : "cli";
const bundle = join(apps, program, "dist", `${program}.cjs`);
if (!existsSync(bundle)) {
  const build = spawnSync(process.execPath, [join(apps, "..", "tools/workspace/bootstrap.mjs"), "bundle"], {
    stdio: ["ignore", 2, 2],
  });
  if (build.status !== 0) process.exit(build.status ?? 1);
}
require(bundle);
