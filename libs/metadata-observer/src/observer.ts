import type { NodeId } from "@moldau/base";
import type { MetadataDelta, MetadataImage } from "@moldau/metadata";

/** The cluster's metadata as this process knows it, kept up to date from the active controller's stream. */
export interface MetadataObserver {
  /** The newest image; a new object after each update, never changed in place. */
  readonly image: MetadataImage;
  /** The active controller as last heard, -1 unknown. */
  readonly leaderId: NodeId;
  /** Whether the image has reached the high watermark that the controller announced at least once. */
  readonly caughtUp: boolean;
  /** Calls `listener` after each update, in order. Returns how to stop. A late subscriber gets one call with a delta from the empty image. */
  subscribe(listener: (delta: MetadataDelta, image: MetadataImage) => void): () => void;
  /** Resolves when the image has applied `offset`; rejects after `timeoutMs`. */
  waitFor(offset: number, timeoutMs: number): Promise<void>;
}
