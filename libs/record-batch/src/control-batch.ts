import { isControl, type BatchHeader } from "./batch-header";
import { buildBatch } from "./build-batch";
import { CorruptBatchError } from "./corrupt-batch-error";
import { readInt16, readInt32, writeInt16, writeInt32 } from "./integers";
import { cursorOf } from "./read-records";

/**
 * The type in a control record's key. 0 and 1 are Kafka's transaction markers (KIP-98). 100 is ours: a coordinator's claim
 * of its shard (house plan: claim, then replay to the claim); Kafka's readers skip control types that they don't know.
 */
export const ControlType = { abort: 0, commit: 1, claim: 100 } as const;

export type ControlMarker =
  | { kind: "commit" | "abort"; producerId: number; producerEpoch: number; coordinatorEpoch: number }
  | { kind: "claim"; ownerId: number; ownerEpoch: number };

export interface ControlBatchDraft {
  marker: ControlMarker;
  /** Milliseconds. */
  timestamp: number;
  baseOffset?: number;
  partitionLeaderEpoch?: number;
}

/** A batch of one control record. Transaction markers are transactional batches of their producer, a claim is nobody's. */
export function buildControlBatch({
  marker,
  timestamp,
  baseOffset,
  partitionLeaderEpoch,
}: ControlBatchDraft): Uint8Array {
  const key = new Uint8Array(4);
  writeInt16(key, 2, ControlType[marker.kind]);
  let value: Uint8Array;
  if (marker.kind === "claim") {
    value = new Uint8Array(10);
    writeInt32(value, 2, marker.ownerId);
    writeInt32(value, 6, marker.ownerEpoch);
  } else {
    value = new Uint8Array(6);
    writeInt32(value, 2, marker.coordinatorEpoch);
  }
  const ofProducer =
    marker.kind === "claim"
      ? {}
      : { transactional: true, producerId: marker.producerId, producerEpoch: marker.producerEpoch };
  return buildBatch({
    records: [{ key, value, timestamp }],
    control: true,
    baseOffset,
    partitionLeaderEpoch,
    ...ofProducer,
  });
}

/**
 * What the control batch at `position` says; undefined for a type that is not in ControlType. Throws CorruptBatchError
 * for a batch that is none, or is malformed. Control batches are never compressed.
 */
export function readControlMarker(bytes: Uint8Array, position: number, header: BatchHeader): ControlMarker | undefined {
  if (!isControl(header.attributes)) throw new CorruptBatchError("not a control batch");
  const cursor = cursorOf(bytes, position, {}, header);
  if (!cursor.next()) return undefined;
  const key = cursor.key();
  const value = cursor.value();
  if (!key || key.length < 4) throw new CorruptBatchError("a control record without a type");
  const type = readInt16(key, 2);
  const minimum = type === ControlType.claim ? 10 : 6;
  if (type !== ControlType.claim && type !== ControlType.commit && type !== ControlType.abort) return undefined;
  if (!value || value.length < minimum)
    throw new CorruptBatchError(`a control record of type ${type} without its value`);
  if (type === ControlType.claim)
    return { kind: "claim", ownerId: readInt32(value, 2), ownerEpoch: readInt32(value, 6) };
  return {
    kind: type === ControlType.commit ? "commit" : "abort",
    producerId: header.producerId,
    producerEpoch: header.producerEpoch,
    coordinatorEpoch: readInt32(value, 2),
  };
}
