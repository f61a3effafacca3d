// The twin of kafka-reassign-partitions moves replicas between the directories of a broker, from the plan to the lifted throttle.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAdmin } from "../../../libs/client/src";
import { startCluster } from "../../../libs/testkit/src";
import { start } from "./twins-in-process.mjs";

let root;
let cluster;
let admin;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "moldau-twin-dirs-"));
  cluster = await startCluster({ config: { "log.dirs": `${join(root, "a")},${join(root, "b")}` } });
  admin = createAdmin({ bootstrap: cluster.bootstrap });
}, 120_000);
afterAll(async () => {
  await admin?.close();
  await cluster?.stop();
  rmSync(root, { recursive: true, force: true });
});

const twin = async (tool, args, stdin) => {
  const { code, stdout, stderr } = await start({ tool, args, stdin }).finished;
  expect({ code, stderr }).toMatchObject({ code: "0" });
  return stdout;
};

it("moves every replica of a topic, throttled, and says so until it is done", async () => {
  const at = ["--bootstrap-server", cluster.bootstrap[0]];
  await twin("kafka-topics", [...at, "--create", "--topic", "moved", "--partitions", "2"]);
  const lines = Array.from({ length: 200 }, (_, i) => `${i} ${"x".repeat(1000)}`);
  await twin("kafka-console-producer", [...at, "--topic", "moved"], `${lines.join("\n")}\n`);
  const dirOf = (partition) => ["a", "b"].find((name) => existsSync(join(root, name, `moved-${partition}`)));
  const before = [dirOf(0), dirOf(1)];
  const after = before.map((name) => (name === "a" ? "b" : "a"));
  const plan = join(root, "plan.json");
  const partitions = after.map((name, partition) => ({
    topic: "moved",
    partition,
    replicas: [1],
    log_dirs: [join(root, name)],
  }));
  writeFileSync(plan, JSON.stringify({ version: 1, partitions }));

  const move = (...args) => twin("kafka-reassign-partitions", [...at, "--reassignment-json-file", plan, ...args]);
  const begun = await move("--execute", "--replica-alter-log-dirs-throttle", "20000");
  expect(begun).toContain("The replica-alter-dir throttle limit was set to 20000 B/s");
  for (const [partition, name] of after.entries()) {
    const where = `Successfully started moving log directory to ${join(root, name)} for replica moved-${partition} with`;
    expect(begun).toContain(where);
  }
  // 200 KB at 20 KB a second cannot be there yet.
  expect(await move("--verify", "--preserve-throttles")).toContain(
    "Reassignment of replica moved-0-1 is still in progress.",
  );
  const throttle = "replica.alter.log.dirs.io.max.bytes.per.second";
  const throttleNow = async () =>
    (await admin.describeConfigs({ type: "broker", name: "1" })).find(({ name }) => name === throttle);
  expect(await throttleNow()).toMatchObject({ value: "20000" });
  await admin.alterConfigs({ type: "broker", name: "1" }, { [throttle]: "100000000" });

  let said;
  do said = await move("--verify");
  while (/still in progress/.test(said));
  for (const partition of [0, 1])
    expect(said).toContain(`Reassignment of replica moved-${partition}-1 completed successfully.`);
  expect(said).toContain("Clearing broker-level throttles on broker 1");
  expect((await throttleNow())?.value).not.toBe("100000000");
  expect([dirOf(0), dirOf(1)]).toEqual(after);
  const read = await twin("kafka-console-consumer", [
    ...at,
    "--topic",
    "moved",
    "--from-beginning",
    "--max-messages",
    "200",
  ]);
  expect(read.trim().split("\n").sort()).toEqual([...lines].sort());
}, 300_000);
