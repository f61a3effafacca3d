import { UsageError } from "@moldau/host";
import { dumpCommand, exportMetadataCommand } from "@moldau/offline";
import { readQuorumFile } from "@moldau/roles-controller";

const help = `Looks into the files of a log. Works on files, not on a cluster.

Usage: moldau log dump --files FILE[,FILE...] [options]          what is in them, as Kafka's kafka-dump-log shows it
       moldau log export-metadata DIRECTORY [TARGET]             the metadata as a snapshot file of Apache Kafka's

See moldau log dump --help, moldau log export-metadata --help.
`;

/** `moldau log`: what there is to do with the files of a log. */
export async function logCommand(args: readonly string[]): Promise<void> {
  const [command, ...rest] = args;
  const output = { out: process.stdout, err: process.stderr, readQuorumFile };
  if (command === "dump") await dumpCommand(rest, "moldau log dump", output);
  else if (command === "export-metadata") await exportMetadataCommand(rest, { ...output, nowMs: () => Date.now() });
  else if (command === undefined || command === "--help" || command === "-h") process.stdout.write(help);
  else
    throw new UsageError(`moldau log ${command}: there are moldau log dump and export-metadata; see moldau log --help`);
}
