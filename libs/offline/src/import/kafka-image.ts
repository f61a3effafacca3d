import { ImageBuilder, emptyImage, type MetadataImage, type MetadataRecord as ImageRecord } from "@moldau/metadata";
import type { MetadataRecord } from "@moldau/protocol";
import type { KafkaMetadata } from "./metadata-log";

/** The metadata of a Kafka cluster in this project's own terms, and what it has no terms for. */
export interface KafkaImage {
  readonly image: MetadataImage;
  /** Who may do what, and who is who; by the name of the record. */
  readonly security: ReadonlyMap<SecurityRecord, number>;
}

type SecurityRecord = "AccessControlEntryRecord" | "UserScramCredentialRecord" | "DelegationTokenRecord";

/** Replays what Kafka wrote. @throws InvariantError where the log contradicts itself */
export function kafkaImageOf({ records, endOffset, epoch }: KafkaMetadata): KafkaImage {
  const builder = new ImageBuilder(emptyImage(), { offset: endOffset, epoch });
  const topicNames = new Map<string, string>();
  const partitions = new Map<string, number>();
  const security = new SecurityCount();
  for (const record of inPartitionOrder(records)) {
    switch (record.name) {
      case "RegisterControllerRecord":
      case "ZkMigrationStateRecord":
      case "BeginTransactionRecord":
      case "EndTransactionRecord":
      case "AbortTransactionRecord":
        // About Kafka's own controllers, or already carried out by whoever read the log.
        continue;
      case "AccessControlEntryRecord":
      case "RemoveAccessControlEntryRecord":
      case "UserScramCredentialRecord":
      case "RemoveUserScramCredentialRecord":
      case "DelegationTokenRecord":
      case "RemoveDelegationTokenRecord":
        security.apply(record);
        continue;
      case "ClearElrRecord": {
        const { topicName } = record.value;
        for (const [topicId, name] of topicNames) {
          if (topicName !== "" && name !== topicName) continue;
          const value = { topicId, eligibleLeaderReplicas: [], lastKnownElr: [] };
          for (let partitionId = 0; partitionId < (partitions.get(topicId) ?? 0); partitionId++) {
            builder.apply({ name: "PartitionChangeRecord", value: { ...value, partitionId } });
          }
        }
        continue;
      }
      case "TopicRecord":
        topicNames.set(record.value.topicId, record.value.name);
        break;
      case "RemoveTopicRecord":
        topicNames.delete(record.value.topicId);
        partitions.delete(record.value.topicId);
        break;
      case "PartitionRecord": {
        const { topicId, partitionId } = record.value;
        partitions.set(topicId, Math.max(partitions.get(topicId) ?? 0, partitionId + 1));
        break;
      }
      default:
        break;
    }
    builder.apply(record as ImageRecord);
  }
  return { image: builder.finish().image, security: security.counts() };
}

/** Kafka's snapshots list the partitions of a topic in the order of a hash map. */
function* inPartitionOrder(records: readonly MetadataRecord[]): Generator<MetadataRecord, void> {
  let run: (MetadataRecord & { name: "PartitionRecord" })[] = [];
  const flush = () => run.sort((a, b) => a.value.partitionId - b.value.partitionId);
  for (const record of records) {
    if (record.name === "PartitionRecord" && (run.length === 0 || run[0]!.value.topicId === record.value.topicId)) {
      run.push(record);
      continue;
    }
    yield* flush();
    run = [];
    if (record.name === "PartitionRecord") run.push(record);
    else yield record;
  }
  yield* flush();
}

/** How many of each there are; what they say is for nobody here. */
class SecurityCount {
  readonly #entries = new Map<SecurityRecord, Set<string>>();

  apply(record: MetadataRecord): void {
    switch (record.name) {
      case "AccessControlEntryRecord":
        return this.#add("AccessControlEntryRecord", record.value.id);
      case "RemoveAccessControlEntryRecord":
        return this.#remove("AccessControlEntryRecord", record.value.id);
      case "UserScramCredentialRecord":
        return this.#add("UserScramCredentialRecord", `${record.value.name}:${record.value.mechanism}`);
      case "RemoveUserScramCredentialRecord":
        return this.#remove("UserScramCredentialRecord", `${record.value.name}:${record.value.mechanism}`);
      case "DelegationTokenRecord":
        return this.#add("DelegationTokenRecord", record.value.tokenId);
      case "RemoveDelegationTokenRecord":
        return this.#remove("DelegationTokenRecord", record.value.tokenId);
      default:
        return;
    }
  }

  counts(): ReadonlyMap<SecurityRecord, number> {
    return new Map([...this.#entries].flatMap(([name, ids]) => (ids.size === 0 ? [] : [[name, ids.size] as const])));
  }

  #add(name: SecurityRecord, id: string): void {
    this.#entries.set(name, (this.#entries.get(name) ?? new Set()).add(id));
  }

  #remove(name: SecurityRecord, id: string): void {
    this.#entries.get(name)?.delete(id);
  }
}
