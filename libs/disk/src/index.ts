export {
  DirectoryInUseError,
  type DirectoryEntry,
  type Disk,
  type DiskSpace,
  type FileFacts,
  type HeldLock,
} from "./disk";
export { moreFileThreads } from "./file-threads";
export { errnoOf, isMissing } from "./errno";
export { MemoryDisk, type DiskOperation, type Survival } from "./memory-disk";
export { nodeDisk } from "./node-disk";
export { isProcessAlive } from "./process-alive";
export { Turns } from "./turns";
export { makeDurableDirectory, readText, replaceFile, writeFile } from "./small-files";
