import { assert } from "@moldau/base";
import { readMetadataRecord as readFramed, writeMetadataRecord as writeFramed } from "@moldau/protocol";
import type { MetadataRecord, MetadataRecordName } from "./records";

/**
 * Version in which each record is written: those of metadata.version 25 (Kafka 4.0), whatever newer versions the
 * protocol room knows. Reading accepts every version it knows.
 */
const versions: Record<MetadataRecordName, number> = {
  RegisterBrokerRecord: 3,
  UnregisterBrokerRecord: 0,
  BrokerRegistrationChangeRecord: 2,
  FenceBrokerRecord: 0,
  UnfenceBrokerRecord: 0,
  TopicRecord: 0,
  RemoveTopicRecord: 0,
  PartitionRecord: 2,
  PartitionChangeRecord: 2,
  ConfigRecord: 0,
  FeatureLevelRecord: 0,
  ProducerIdsRecord: 0,
  ClientQuotaRecord: 0,
  NoOpRecord: 0,
  NodeRolesRecord: 0,
  ShardOwnerRecord: 0,
  ClusterIdRecord: 0,
};

/**
 * Reads one framed record. Throws ProtocolError for malformed bytes, InvariantError for a record that this build has no
 * meaning for: applying a log with parts left out would let nodes disagree silently.
 */
export function readMetadataRecord(bytes: Uint8Array): MetadataRecord {
  const { name, value } = readFramed(bytes);
  assert(name in versions, `metadata record ${name} was written by a newer version`);
  return { name, value } as MetadataRecord;
}

/** One framed record: frame version, api key, version, fields. */
export function writeMetadataRecord(record: MetadataRecord): Uint8Array {
  return writeFramed(record.name, record.value, versions[record.name]);
}
