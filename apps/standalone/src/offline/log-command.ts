import { UsageError } from "@moldau/host";
import { dumpCommand } from "@moldau/offline";

const help = `Looks into the files of a log. Works on files, not on a cluster; reads only.

Usage: moldau log dump --files FILE[,FILE...] [options]

See moldau log dump --help.
`;

/** `moldau log`: what there is to do with the files of a log. */
export async function logCommand(args: readonly string[]): Promise<void> {
  const [command, ...rest] = args;
  if (command === "dump") {
    await dumpCommand(rest, "moldau log dump", { out: process.stdout, err: process.stderr });
  } else if (command === undefined || command === "--help" || command === "-h") process.stdout.write(help);
  else throw new UsageError(`moldau log ${command}: there is moldau log dump; see moldau log --help`);
}
