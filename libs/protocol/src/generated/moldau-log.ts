// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface NodeRolesRecord {
  nodeId: number;
  roles: string[];
  unknownTags?: TaggedField[];
}

export function readNodeRolesRecord(reader: Reader, version: number): NodeRolesRecord {
  reader.what = "NodeRolesRecord";
  if (version !== 0) throw versionError("NodeRolesRecord", version);
  const nodeId: number = reader.int32();
  let roles: string[];
  const rolesLength = reader.compactArrayLength(1);
  if (rolesLength < 0) throw reader.nullError("roles");
  {
    const list: string[] = [];
    for (let i = 0; i < rolesLength; i++) list.push(reader.compactString());
    roles = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: NodeRolesRecord = {
    nodeId,
    roles,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeNodeRolesRecord(writer: Writer, message: Draft<NodeRolesRecord>, version: number): void {
  if (version !== 0) throw versionError("NodeRolesRecord", version);
  const nodeId = message.nodeId;
  writer.int32(nodeId ?? 0);
  const roles = message.roles;
  if (roles === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(roles.length);
    for (const item of roles) {
      writer.compactString(item);
    }
  }
  writer.unknownTags(message.unknownTags);
}

export interface ShardOwnerRecord {
  topicId: Uuid;
  partition: number;
  ownerId: number;
  ownerEpoch: number;
  unknownTags?: TaggedField[];
}

export function readShardOwnerRecord(reader: Reader, version: number): ShardOwnerRecord {
  reader.what = "ShardOwnerRecord";
  if (version !== 0) throw versionError("ShardOwnerRecord", version);
  const topicId: Uuid = reader.uuid();
  const partition: number = reader.int32();
  const ownerId: number = reader.int32();
  const ownerEpoch: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ShardOwnerRecord = {
    topicId,
    partition,
    ownerId,
    ownerEpoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeShardOwnerRecord(writer: Writer, message: Draft<ShardOwnerRecord>, version: number): void {
  if (version !== 0) throw versionError("ShardOwnerRecord", version);
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const partition = message.partition;
  writer.int32(partition ?? -1);
  const ownerId = message.ownerId;
  writer.int32(ownerId ?? -1);
  const ownerEpoch = message.ownerEpoch;
  writer.int32(ownerEpoch ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface ClusterIdRecord {
  clusterId: string;
  unknownTags?: TaggedField[];
}

export function readClusterIdRecord(reader: Reader, version: number): ClusterIdRecord {
  reader.what = "ClusterIdRecord";
  if (version !== 0) throw versionError("ClusterIdRecord", version);
  const clusterId: string = reader.compactString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ClusterIdRecord = {
    clusterId,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeClusterIdRecord(writer: Writer, message: Draft<ClusterIdRecord>, version: number): void {
  if (version !== 0) throw versionError("ClusterIdRecord", version);
  const clusterId = message.clusterId;
  writer.compactString(clusterId ?? "");
  writer.unknownTags(message.unknownTags);
}

