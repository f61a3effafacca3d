import type { MetadataUpdate } from "@moldau/contracts";
import {
  applyRecords,
  diffImages,
  ImageBuilder,
  emptyImage,
  type MetadataDelta,
  type MetadataImage,
  readMetadataRecord,
} from "@moldau/metadata";

/** The stream said something that cannot follow what it said before; the watcher begins again from a snapshot. */
export class StreamBroken extends Error {
  override name = "StreamBroken";
}

/**
 * Turns the updates of one stream into images. A snapshot that comes in pieces takes effect with its last piece, so
 * that nobody sees half of a cluster.
 */
export class UpdateReader {
  private snapshot: ImageBuilder | undefined;

  /** `image`: what the watcher has; tailing goes on from it. */
  constructor(private image: MetadataImage) {}

  /** What changed with `update`; undefined where nothing did (a heartbeat, a piece of a snapshot). */
  read(update: MetadataUpdate): { image: MetadataImage; delta: MetadataDelta } | undefined {
    const position = { offset: update.lastOffset, epoch: update.epoch };
    if (update.snapshotBegin) this.snapshot = new ImageBuilder(emptyImage(), position);
    if (this.snapshot !== undefined) {
      for (const bytes of update.records) this.snapshot.apply(readMetadataRecord(bytes));
      if (!update.snapshotEnd) return undefined;
      const { image } = this.snapshot.finish();
      this.snapshot = undefined;
      const delta = diffImages(this.image, image);
      this.image = image;
      return { image, delta };
    }
    if (update.lastOffset <= this.image.offset) {
      if (update.records.length === 0) return undefined;
      throw new StreamBroken(
        `records up to offset ${update.lastOffset} came again; offset ${this.image.offset} is applied`,
      );
    }
    if (this.image.offset < 0) throw new StreamBroken("a tail came before any snapshot");
    const next = applyRecords(this.image, update.records.map(readMetadataRecord), position);
    this.image = next.image;
    return next;
  }
}
