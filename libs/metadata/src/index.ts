export * from "./delta";
export * from "./image";
export { emptyImage } from "./image-data";
export * from "./records";
