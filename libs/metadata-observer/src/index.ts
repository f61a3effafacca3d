export type { MetadataListener, MetadataObserver, RunningMetadataObserver } from "./observer";
export { type MetadataObserverOptions, startMetadataObserver } from "./start-metadata-observer";
