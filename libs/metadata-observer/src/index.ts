export type { MetadataObserver } from "./observer";
