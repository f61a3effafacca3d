import { KafkaError, type KafkaErrorCode } from "@moldau/base";
import type { BrokerDefinition, ReadResult } from "@moldau/contracts";
import { batchesOf, buildControlBatch, lastOffset, patchBatch, readBatchHeader, recordsOf } from "@moldau/record-batch";
import { PeerUnavailable, type Service } from "@moldau/rpc";

/** What happens to the next append: `lost reply` writes it, `lost request` does not, and the caller cannot tell. */
export type AppendFault = KafkaErrorCode | "lost reply" | "lost request" | "unreachable" | "hang";

/** A partition of `__consumer_offsets` in memory that honours claims and owner epochs, and a broker that leads it. */
export class FakePartition {
  readonly batches: Uint8Array[] = [];
  ownerEpoch = -1;
  /** Offset of the newest claim's marker. */
  claimOffset = -1;
  endOffset = 0;
  logStartOffset = 0;
  faults: AppendFault[] = [];
  claimFaults: KafkaErrorCode[] = [];
  reads = 0;
  appends = 0;
  /** Whole batches that one read returns at most. */
  batchesPerRead = 1000;

  /** What a claim does, whoever sends it and however late it comes. */
  claim(ownerId: number, ownerEpoch: number): number {
    this.ownerEpoch = ownerEpoch;
    this.claimOffset = this.append(buildControlBatch({ marker: { kind: "claim", ownerId, ownerEpoch }, timestamp: 0 }));
    return this.claimOffset;
  }

  append(records: Uint8Array): number {
    const bytes = Uint8Array.from(records);
    const baseOffset = this.endOffset;
    patchBatch(bytes, 0, { baseOffset, partitionLeaderEpoch: 0 });
    this.batches.push(bytes);
    this.endOffset = lastOffset(readBatchHeader(bytes, 0)) + 1;
    return baseOffset;
  }

  /** Records without control batches, decoded as UTF-8 keys; to look for what was written twice or not at all. */
  keys(): string[] {
    return this.batches.flatMap((bytes) =>
      [...batchesOf(bytes)].flatMap(({ header, position }) =>
        (header.attributes & 0x20) !== 0
          ? []
          : [...recordsOf(bytes, position)].map(({ key }) => Buffer.from(key ?? []).toString("latin1")),
      ),
    );
  }

  readFrom(offset: number): Uint8Array[] {
    this.reads++;
    const from = this.batches.findIndex((bytes) => lastOffset(readBatchHeader(bytes, 0)) >= offset);
    return from === -1 ? [] : this.batches.slice(from, from + this.batchesPerRead);
  }
}

/** A broker that leads the given partitions of the topic. */
export function fakeBroker(topicId: string, partitions: readonly FakePartition[]): Service<typeof BrokerDefinition> {
  const unused = (): Promise<never> => Promise.reject(new Error("not part of this test"));
  return {
    listOffsets: unused,
    epochEnds: unused,
    deleteRecords: unused,
    describeLogDirs: unused,
    alterReplicaLogDirs: unused,
    describeProducers: unused,
    writeMarkers: unused,
    claim({ topicId: asked, partition, ownerId, ownerEpoch }) {
      const log = asked === topicId ? partitions[partition] : undefined;
      const answer = (errorCode: number, markerOffset: number) =>
        Promise.resolve({
          errorCode,
          markerOffset,
          logStartOffset: log?.logStartOffset ?? -1,
          leaderEpoch: 0,
          currentLeaderId: -1,
        });
      if (log === undefined) return answer(KafkaError.UNKNOWN_TOPIC_ID, -1);
      const fault = log.claimFaults.shift();
      if (fault !== undefined) return answer(fault, -1);
      if (ownerEpoch < log.ownerEpoch) return answer(KafkaError.NOT_COORDINATOR, -1);
      return answer(KafkaError.NONE, log.claim(ownerId, ownerEpoch));
    },
    async append({ acks, internal, partitions: asked }) {
      expect({ acks, internal, count: asked.length }).toEqual({ acks: -1, internal: true, count: 1 });
      const { partition, ownerEpoch, claimOffset, records } = asked[0]!;
      const log = partitions[partition]!;
      log.appends++;
      const answer = (errorCode: number, baseOffset = -1) => ({
        partitions: [
          {
            topicId,
            partition,
            errorCode,
            errorMessage: "",
            baseOffset,
            logAppendTimeMs: -1,
            logStartOffset: 0,
            recordErrors: [],
            currentLeaderId: -1,
            currentLeaderEpoch: -1,
          },
        ],
      });
      await Promise.resolve();
      const fault = log.faults.shift();
      if (fault === "hang") return new Promise(() => undefined);
      if (fault === "unreachable") throw new PeerUnavailable("connection refused", false);
      if (fault === "lost request") throw new PeerUnavailable("connection lost", true);
      if (typeof fault === "number") return answer(fault);
      if (ownerEpoch < log.ownerEpoch || claimOffset !== log.claimOffset) return answer(KafkaError.NOT_COORDINATOR);
      const baseOffset = log.append(records);
      if (fault === "lost reply") throw new PeerUnavailable("connection lost", true);
      return answer(KafkaError.NONE, baseOffset);
    },
    read({ replicaId, partitions: asked }) {
      expect(replicaId).toBe(-2);
      const { partition, fetchOffset } = asked[0]!;
      const log = partitions[partition]!;
      const result: ReadResult = {
        topicId,
        partition,
        errorCode: KafkaError.NONE,
        highWatermark: log.endOffset,
        lastStableOffset: log.endOffset,
        logStartOffset: log.logStartOffset,
        divergingEpoch: -1,
        divergingEndOffset: -1,
        currentLeaderId: -1,
        currentLeaderEpoch: -1,
        aborted: [],
        preferredReadReplica: -1,
        records: log.readFrom(fetchOffset),
      };
      return Promise.resolve({ partitions: [result] });
    },
  };
}
