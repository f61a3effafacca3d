export * from "./compression";
export * from "./compression-error";
