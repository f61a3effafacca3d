// The clients of the conformance run: how each is found, started, and what its version is.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const work = join(here, ".work");
const nodeHome = join(work, "node");
const python = join(work, "python/bin/python");
const java = join(work, "java");
const javaTools = join(work, "java-tools");
const driver = (name) => join(here, "drivers", name);
const installLog = join(work, "install.log");
// Six of them at once: a small heap, no threads for collecting it, no second compiler.
const javaOptions = ["-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];
const everyProtocol = ["range", "cooperative-sticky", "consumer"];

function attempt(command, args, options = {}) {
  try {
    const out = execFileSync(command, args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 64 << 20,
      ...options,
    });
    return { ok: true, out };
  } catch (error) {
    writeFileSync(installLog, `${command} ${args.join(" ")}\n${error.stdout ?? ""}${error.stderr ?? error}\n`, {
      flag: "a",
    });
    return {
      ok: false,
      out: String(error.stderr ?? error.message)
        .trim()
        .split("\n")
        .pop(),
    };
  }
}

const nodeVersion = (name) =>
  JSON.parse(readFileSync(join(nodeHome, "node_modules", name, "package.json"), "utf8")).version;
const pythonVersion = (name) => attempt(python, ["-c", `import importlib.metadata as m; print(m.version("${name}"))`]);

function installNode(say) {
  const wanted = readFileSync(join(here, "package.json"), "utf8");
  const manifest = join(nodeHome, "package.json");
  if (!existsSync(join(nodeHome, "node_modules/kafkajs")) || readFileSync(manifest, "utf8") !== wanted) {
    say("installing kafkajs, @platformatic/kafka, node-rdkafka …");
    mkdirSync(nodeHome, { recursive: true });
    writeFileSync(manifest, wanted);
    attempt(
      "npm",
      ["install", "--no-audit", "--no-fund", "--no-package-lock", "--engine-strict=false", "--ignore-scripts"],
      { cwd: nodeHome },
    );
  }
  const rdkafka = join(nodeHome, "node_modules/node-rdkafka");
  if (existsSync(rdkafka) && !existsSync(join(rdkafka, "build/Release/node-librdkafka.node"))) {
    say("compiling node-rdkafka (a few minutes) …");
    const prefix = dirname(dirname(process.execPath));
    const nodedir = existsSync(join(prefix, "include/node")) ? { npm_config_nodedir: prefix } : {};
    attempt("npm", ["run", "install", "--ignore-scripts=false"], { cwd: rdkafka, env: { ...process.env, ...nodedir } });
  }
}

function installPython(say) {
  if (existsSync(python)) return;
  say("installing confluent-kafka and kafka-python …");
  if (!attempt("python3", ["-m", "venv", join(work, "python")]).ok) return;
  attempt(python, [
    "-m",
    "pip",
    "install",
    "-q",
    "confluent-kafka",
    "kafka-python==2.0.2",
    "python-snappy",
    "lz4",
    "zstandard",
    "crc32c",
  ]);
}

function installJava(say) {
  const compiled = join(java, "classes/Driver.class");
  if (existsSync(compiled) && statSync(compiled).mtimeMs > statSync(driver("java/Driver.java")).mtimeMs) return;
  if (!attempt("javac", ["-version"]).ok || !attempt("mvn", ["-v"]).ok) return;
  say("fetching Kafka's Java client and compiling its driver …");
  if (!existsSync(join(java, "lib"))) {
    attempt("mvn", ["-q", "-B", "dependency:copy-dependencies", `-DoutputDirectory=${join(java, "lib")}`], {
      cwd: driver("java"),
    });
  }
  attempt("javac", ["-cp", join(java, "lib/*"), "-d", join(java, "classes"), driver("java/Driver.java")]);
}

function installJavaTools(say) {
  if (existsSync(javaTools) || !attempt("java", ["-version"]).ok || !attempt("mvn", ["-v"]).ok) return;
  say("fetching Kafka's console tools …");
  attempt("mvn", ["-q", "-B", "dependency:copy-dependencies", `-DoutputDirectory=${javaTools}`], {
    cwd: driver("java-tools"),
  });
}

/** Version of a jar in a folder of jars. */
const jarVersion = (folder, name) => new RegExp(`${name}-([\\d.]+)\\.jar`).exec(readdirSync(folder).join("\n"))?.[1];

const skipped = (reason) => ({ skipped: reason });
const nodeClient = (name, file, packageName) => ({
  name,
  install: installNode,
  detect: () => {
    try {
      return { version: nodeVersion(packageName) };
    } catch {
      return skipped(`${packageName} could not be installed from the npm registry`);
    }
  },
  command: (task) => [process.execPath, [driver(file), JSON.stringify({ ...task, home: nodeHome })]],
});

/**
 * In the order of the table. `protocols`: what its groups speak: an assignor of the classic protocol, or `consumer` for KIP-848;
 * `staticMembers`: with which of them its members may be static; `transactions.workers`: how many of its processes may share
 * the work of a transactional stage: more than one only where commits carry the member's generation (KIP-447).
 */
export const clients = [
  {
    name: "kcat",
    install: () => undefined,
    detect: () => {
      const found = attempt("kcat", ["-V"]);
      if (!found.ok) return skipped("kcat is not installed (Debian: apt-get install kcat)");
      return {
        version: /Version (\S+) .*librdkafka ([\d.]+)/s.exec(found.out)?.slice(1).join(" / librdkafka ") ?? "?",
      };
    },
    command: (task) => [process.execPath, [driver("kcat.mjs"), JSON.stringify(task)]],
    cannotCreate: true,
    // One call for each set of headers, since kcat takes them as arguments.
    unordered: true,
  },
  { ...nodeClient("kafkajs", "kafkajs.mjs", "kafkajs"), protocols: ["roundrobin"], transactions: { workers: 1 } },
  {
    ...nodeClient("@platformatic/kafka", "platformatic.mjs", "@platformatic/kafka"),
    protocols: ["roundrobin", "consumer"],
    // After a rebalance its stream begins again at what is committed, although it has read on; with Apache Kafka too (4.0.0).
    rereads: true,
    noChain:
      "its consumer (1.35.0) leaves out but one aborted transaction of a producer in a fetch, so no chain of it can be exact",
  },
  {
    ...nodeClient("node-rdkafka", "rdkafka.mjs", "node-rdkafka"),
    protocols: everyProtocol,
    staticMembers: ["range", "consumer"],
    transactions: { workers: 2 },
    detect: () => {
      if (!existsSync(join(nodeHome, "node_modules/node-rdkafka/build/Release/node-librdkafka.node"))) {
        return skipped("node-rdkafka did not compile here (needs a C++ compiler and Node's headers)");
      }
      const found = attempt(process.execPath, [
        "-p",
        `require(${JSON.stringify(join(nodeHome, "node_modules/node-rdkafka"))}).librdkafkaVersion`,
      ]);
      return { version: `${nodeVersion("node-rdkafka")} / librdkafka ${found.out.trim()}` };
    },
  },
  {
    name: "confluent-kafka (Python)",
    install: installPython,
    detect: () => {
      const found = pythonVersion("confluent-kafka");
      return found.ok
        ? { version: found.out.trim() }
        : skipped("confluent-kafka could not be installed (needs python3 with venv and PyPI)");
    },
    command: (task) => [python, [driver("confluent.py"), JSON.stringify(task)]],
    protocols: everyProtocol,
    staticMembers: ["range", "consumer"],
    transactions: { workers: 2 },
  },
  {
    name: "kafka-python",
    install: installPython,
    detect: () => {
      const found = pythonVersion("kafka-python");
      return found.ok
        ? { version: found.out.trim() }
        : skipped("kafka-python could not be installed (needs python3 with venv and PyPI)");
    },
    command: (task) => [python, [driver("kafka_python.py"), JSON.stringify(task)]],
    protocols: ["range"],
  },
  {
    name: "kafka-clients (Java)",
    install: installJava,
    detect: () => {
      if (!existsSync(join(java, "classes/Driver.class")))
        return skipped("no JDK with Maven, or Maven Central cannot be reached");
      return { version: jarVersion(join(java, "lib"), "kafka-clients") ?? "?" };
    },
    command: (task) => [
      "java",
      [...javaOptions, "-cp", `${join(java, "lib/*")}:${join(java, "classes")}`, "Driver", JSON.stringify(task)],
    ],
    protocols: everyProtocol,
    staticMembers: ["range", "consumer"],
    transactions: { workers: 2 },
  },
  {
    name: "kafka console tools (Java)",
    install: installJavaTools,
    detect: () => {
      const version = existsSync(javaTools) ? jarVersion(javaTools, "kafka-tools") : undefined;
      return version ? { version } : skipped("no JDK with Maven, or Maven Central cannot be reached");
    },
    command: (task) => [process.execPath, [driver("console-tools.mjs"), JSON.stringify({ ...task, home: javaTools })]],
    // The console producer chooses the partition; its consumer does not say what it was assigned.
    choosesPartition: true,
    hidesAssignment: true,
    reassigns: true,
    readsLag: true,
    resetsOffsets: true,
  },
  {
    name: "burrow",
    install: () => undefined,
    detect: () => skipped("the distribution's 1.2.1 wants a ZooKeeper; newer ones have to be compiled"),
  },
  {
    name: "moldau (libs/client)",
    install: () => undefined,
    detect: () => ({ version: "libs/client" }),
    command: (task) => [
      process.execPath,
      ["--import", "tsx", "--conditions", "@moldau/source", driver("moldau.mjs"), JSON.stringify(task)],
    ],
    protocols: ["range", "consumer"],
    staticMembers: ["range", "consumer"],
    transactions: { workers: 2 },
  },
  {
    name: "old versions (raw)",
    install: () => undefined,
    detect: () => ({ version: "libs/protocol" }),
    command: (task) => [
      process.execPath,
      ["--import", "tsx", "--conditions", "@moldau/source", driver("old-versions.ts"), JSON.stringify(task)],
    ],
    cannotCreate: true,
    oldVersions: true,
    onlyOwnCases: true,
  },
];

/** Installs what can be installed; never fails, since an absent client is reported by name. */
export function installClients(say) {
  mkdirSync(work, { recursive: true });
  for (const install of new Set(clients.map((client) => client.install))) install(say);
}
