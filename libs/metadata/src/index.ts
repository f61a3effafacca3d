export { applyRecords, ImageBuilder, imageOf, type ImagePosition } from "./builder";
export * from "./delta";
export { diffImages } from "./diff";
export { packEntry, unpackEntry } from "./entry";
export * from "./image";
export { emptyImage } from "./image-data";
export * from "./records";
export { recordsOf } from "./snapshot";
