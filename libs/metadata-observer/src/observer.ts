import type { NodeId } from "@moldau/base";
import type { MetadataDelta, MetadataImage } from "@moldau/metadata";

export type MetadataListener = (delta: MetadataDelta, image: MetadataImage) => void;

/** The cluster's metadata as this process knows it, kept up to date from a controller's stream. */
export interface MetadataObserver {
  /** The newest image; a new object after each update, never changed in place. */
  readonly image: MetadataImage;
  /** The active controller as last heard, -1 unknown. */
  readonly leaderId: NodeId;
  /** Whether the image has reached the high watermark that a controller announced at least once. */
  readonly caughtUp: boolean;
  /**
   * Calls `listener` after each update, in order; `image` is the observer's already. Returns how to stop. A subscriber
   * that comes late gets one call at once, with a delta from the empty image. A listener that throws is logged, and the
   * others still hear.
   */
  subscribe(listener: MetadataListener): () => void;
  /** Resolves when the image has applied `offset`; rejects after `timeoutMs`, or when the observer stops. */
  waitFor(offset: number, timeoutMs: number): Promise<void>;
}

/** The observer as its owner, the host, holds it. */
export interface RunningMetadataObserver extends MetadataObserver {
  /** Starts watching where `paused` was asked for; no effect later. */
  resume(): void;
  /** Ends the stream and rejects everyone who waits. */
  stop(): Promise<void>;
}
