export { dumpCommand, type Output, parseDumpArguments } from "./dump/dump-command";
export { dumpFiles } from "./dump/dump-files";
export { type DumpOptions, MAX_BYTES, MAX_MESSAGE_BYTES } from "./dump/dump-options";
export type { DumpLine } from "./dump/lines";
export { OfflineError } from "./errors";
