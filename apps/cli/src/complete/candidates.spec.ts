import { createProgram } from "../program";
import { FakeCluster } from "../testing/fake-cluster";
import { fakeTerminal } from "../testing/fake-terminal";
import { complete } from "./candidates";

const { program } = createProgram(fakeTerminal(new FakeCluster()));

function completing(line: string) {
  const { candidates, ...rest } = complete(program, line.split(" "));
  return { ...rest, words: candidates.map(({ word }) => word) };
}

it("knows where in a command line it is", () => {
  expect(completing("topic ").words).toEqual(["create", "list", "describe", "alter", "reassign", "delete"]);
  expect(completing("--bootstrap a:1 topic ").words).toContain("create");
  expect(completing("--bootstrap=a:1 topic describe ")).toMatchObject({ source: "topics", bootstrap: "a:1" });
  expect(completing("topic describe --bootstrap a:1 ")).toMatchObject({ source: "topics", bootstrap: "a:1" });
  expect(completing("produce orders ").source).toBeUndefined();
  expect(completing("produce -H a=b -z lz4 ").source).toBe("topics");
  expect(completing("produce -- ").source).toBe("topics");
  expect(completing("topic delete a b ").source).toBe("topics");
  expect(completing("group describe ").source).toBe("groups");
});

it("knows what an option wants", () => {
  expect(completing("consume t --offset ").words).toEqual(["beginning", "end", "stored"]);
  expect(completing("consume t -o ").words).toEqual(["beginning", "end", "stored"]);
  expect(completing("consume t -g ")).toMatchObject({ source: "groups", words: [] });
  expect(completing("topic alter t --delete-config ").source).toBe("config-keys");
  expect(completing("topic list --output=y")).toMatchObject({ prefix: "--output=", typed: "y" });
  expect(completing("topic list --nonsense=y").words).toEqual([]);
  // What a record's key is called, nobody knows.
  expect(completing("produce t -k ")).toMatchObject({ source: undefined, words: [] });
});

it("offers the options of a command and those of all", () => {
  const { words } = completing("topic create -");
  expect(words).toEqual(expect.arrayContaining(["--partitions", "--config", "--bootstrap", "--output", "--help"]));
  expect(words).not.toContain("--key");
});

it("every command has examples in its help", () => {
  const all = [program, ...program.commands.flatMap((command) => [command, ...command.commands])];
  const without = all.filter((command) => {
    let help = "";
    const { writeOut } = command.configureOutput();
    command.configureOutput({ writeOut: (text: string) => (help += text) });
    command.outputHelp();
    command.configureOutput({ writeOut });
    return !help.includes("\nExamples:\n");
  });
  expect(without.map((command) => command.name())).toEqual([]);
});
