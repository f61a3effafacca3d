// The twins in this process, for specs.
import { realTerminal } from "../../../apps/cli/src/real-terminal";
import { run } from "../../../apps/cli/src/run";

/** What all of them share; each made anew would listen to this process's streams once more. */
const shared = realTerminal();

/** One tool with its own streams; as a runner of `play` has it. */
export function start({ tool, args, stdin = "", timeoutMs }) {
  const said = { stdout: "", stderr: "" };
  const interruption = new AbortController();
  const capture = (name) => ({
    isTerminal: false,
    gone: new AbortController().signal,
    stream: undefined,
    write: async (chunk) => {
      said[name] += Buffer.from(chunk).toString();
    },
  });
  const terminal = {
    ...shared,
    env: {},
    input: {
      isTerminal: false,
      sizeBytes: undefined,
      async *chunks() {
        yield Buffer.from(stdin);
      },
    },
    output: capture("stdout"),
    notes: capture("stderr"),
    interrupted: () => interruption.signal,
  };
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => interruption.abort(), timeoutMs);
  const finished = run([tool, ...args], terminal)
    .then((code) => ({ ...said, code: String(code) }))
    .finally(() => clearTimeout(timer));
  return { finished, stop: () => interruption.abort() };
}
