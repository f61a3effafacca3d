export * from "./batch-header";
export * from "./build-batch";
export * from "./control-batch";
export * from "./corrupt-batch-error";
export * from "./crc32c";
export * from "./patch-batch";
export * from "./read-records";
export * from "./record-cursor";
