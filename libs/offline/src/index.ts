export { dumpCommand, type Output, parseDumpArguments } from "./dump/dump-command";
export { dumpFiles } from "./dump/dump-files";
export { type DumpOptions, MAX_BYTES, MAX_MESSAGE_BYTES } from "./dump/dump-options";
export type { DumpLine } from "./dump/lines";
export { OfflineError } from "./errors";
export {
  importCommand,
  type ImportArguments,
  type ImportEnvironment,
  parseImportArguments,
} from "./import/import-command";
export type { SeedQuorum } from "./import/lay-out";
export { exportMetadataCommand, type ExportEnvironment, kafkaSnapshotOf, readQuorumDirectory } from "./export-metadata";
export type { QuorumFile, ReadQuorumFile } from "./quorum-file";
