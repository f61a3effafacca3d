// Fetches Kafka's tools from Maven Central and compiles what runs them.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { JavaRunner } from "./java-runner.mjs";

const work = fileURLToPath(new URL("../.work/", import.meta.url));
const project = fileURLToPath(new URL("../drivers/java-tools/", import.meta.url));
const jars = join(work, "java-tools");
const classes = join(work, "java-tools-classes");

function failure(command, args, cwd) {
  try {
    execFileSync(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
    return undefined;
  } catch (error) {
    return String(error.stderr || error.stdout || error.message)
      .trim()
      .split("\n")
      .pop();
  }
}

/** A runner, or {missing: why there is none}. */
export function openJavaRunner(say = () => undefined) {
  if (failure("javac", ["-version"]) || failure("mvn", ["-v"])) return { missing: "no JDK with Maven" };
  // kafka-configs is in the broker's own jar.
  if (!existsSync(jars) || !readdirSync(jars).some((name) => name.startsWith("kafka_2.13-"))) {
    say("fetching Kafka's tools from Maven Central …");
    const failed = failure("mvn", ["-q", "-B", "dependency:copy-dependencies", `-DoutputDirectory=${jars}`], project);
    if (failed) {
      rmSync(jars, { recursive: true, force: true });
      return { missing: `Maven Central cannot be reached: ${failed}` };
    }
  }
  const source = join(project, "ToolRunner.java");
  const compiled = join(classes, "ToolRunner.class");
  if (!existsSync(compiled) || statSync(compiled).mtimeMs < statSync(source).mtimeMs) {
    mkdirSync(classes, { recursive: true });
    const failed = failure("javac", ["-cp", join(jars, "*"), "-d", classes, source]);
    if (failed) return { missing: `its runner does not compile: ${failed}` };
  }
  return new JavaRunner(jars, classes);
}
