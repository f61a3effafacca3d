import { basename } from "node:path";
import type { DumpOptions } from "./dump-options";
import { dumpIndex, dumpTimeIndex } from "./dump-indexes";
import { dumpLog } from "./dump-log";
import { dumpProducerSnapshot } from "./dump-producer-snapshot";
import { dumpQuorumFile } from "./dump-quorum";
import { dumpTransactionIndex } from "./dump-transaction-index";
import type { ReadQuorumFile } from "../quorum-file";
import { Findings } from "./findings";
import { type DumpLine, err, out } from "./lines";

/**
 * What Kafka's kafka-dump-log prints about these files, line by line. It reads; it writes nothing and needs no lock.
 * With `readQuorum` it shows Moldau's own metadata log too, which Kafka's tool cannot read.
 * Source: kafka.tools.DumpLogSegments of Kafka 4.1.
 */
export function* dumpFiles(options: DumpOptions, readQuorum?: ReadQuorumFile): Generator<DumpLine, void> {
  const findings = new Findings();
  for (const file of options.files) {
    yield out(`Dumping ${file}`);
    const name = basename(file);
    const ours = /\.(raftlog|checkpoint)$/.test(name) ? readQuorum?.(file) : undefined;
    if (ours !== undefined) {
      yield* dumpQuorumFile(file, ours, options);
      continue;
    }
    switch (name.slice(name.lastIndexOf("."))) {
      case ".log":
      case ".checkpoint":
        yield* dumpLog(file, options, findings);
        break;
      case ".index":
        yield* dumpIndex(file, options, findings);
        break;
      case ".timeindex":
        yield* dumpTimeIndex(file, options, findings);
        break;
      case ".snapshot":
        yield* dumpProducerSnapshot(file);
        break;
      case ".txnindex":
        yield* dumpTransactionIndex(file);
        break;
      default:
        yield err(`Ignoring unknown file ${file}`);
    }
  }
  yield* findings.lines();
}
