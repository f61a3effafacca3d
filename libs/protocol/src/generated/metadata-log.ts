// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, NO_BYTES, notInVersion, nullIn, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface RegisterBrokerRecord {
  brokerId: number;
  isMigratingZkBroker: boolean;
  incarnationId: Uuid;
  brokerEpoch: number;
  endPoints: RegisterBrokerRecordBrokerEndpoint[];
  features: RegisterBrokerRecordBrokerFeature[];
  rack: string | null;
  fenced: boolean;
  inControlledShutdown: boolean;
  logDirs: Uuid[];
  cordonedLogDirs: Uuid[] | null;
  unknownTags?: TaggedField[];
}

export interface RegisterBrokerRecordBrokerEndpoint {
  name: string;
  host: string;
  port: number;
  securityProtocol: number;
  unknownTags?: TaggedField[];
}

export interface RegisterBrokerRecordBrokerFeature {
  name: string;
  minSupportedVersion: number;
  maxSupportedVersion: number;
  unknownTags?: TaggedField[];
}

export function readRegisterBrokerRecord(reader: Reader, version: number): RegisterBrokerRecord {
  reader.what = "RegisterBrokerRecord";
  if (version < 0 || version > 4) throw versionError("RegisterBrokerRecord", version);
  const brokerId: number = reader.int32();
  const isMigratingZkBroker: boolean = version >= 2 ? reader.bool() : false;
  const incarnationId: Uuid = reader.uuid();
  const brokerEpoch: number = reader.int64();
  let endPoints: RegisterBrokerRecordBrokerEndpoint[];
  const endPointsLength = reader.compactArrayLength(7);
  if (endPointsLength < 0) throw reader.nullError("endPoints");
  {
    const list: RegisterBrokerRecordBrokerEndpoint[] = [];
    for (let i = 0; i < endPointsLength; i++) list.push(readRegisterBrokerRecordBrokerEndpoint(reader, version));
    endPoints = list;
  }
  let features: RegisterBrokerRecordBrokerFeature[];
  const featuresLength = reader.compactArrayLength(6);
  if (featuresLength < 0) throw reader.nullError("features");
  {
    const list: RegisterBrokerRecordBrokerFeature[] = [];
    for (let i = 0; i < featuresLength; i++) list.push(readRegisterBrokerRecordBrokerFeature(reader, version));
    features = list;
  }
  const rack: string | null = reader.compactNullableString();
  const fenced: boolean = reader.bool();
  const inControlledShutdown: boolean = version >= 1 ? reader.bool() : false;
  let logDirs: Uuid[] = [];
  let cordonedLogDirs: Uuid[] | null = null;
  let unknownTags: TaggedField[] | null = null;
  const tagCount = reader.uvarint();
  let tag = -1;
  for (let i = 0; i < tagCount; i++) {
    tag = reader.tag(tag);
    if (tag === 0 && version >= 3) {
      const tagEnd = reader.beginTag();
      const logDirsLength = reader.compactArrayLength(16);
      if (logDirsLength < 0) throw reader.nullError("logDirs");
      {
        const list: Uuid[] = [];
        for (let i = 0; i < logDirsLength; i++) list.push(reader.uuid());
        logDirs = list;
      }
      reader.endTag(tagEnd, "logDirs");
    }
    else if (tag === 1 && version >= 4) {
      const tagEnd = reader.beginTag();
      const cordonedLogDirsLength = reader.compactArrayLength(16);
      if (cordonedLogDirsLength < 0) {
        if (!(version >= 4)) throw reader.nullError("cordonedLogDirs");
        cordonedLogDirs = null;
      }
      else {
        const list: Uuid[] = [];
        for (let i = 0; i < cordonedLogDirsLength; i++) list.push(reader.uuid());
        cordonedLogDirs = list;
      }
      reader.endTag(tagEnd, "cordonedLogDirs");
    }
    else (unknownTags ??= []).push(reader.unknownTag(tag));
  }
  const message: RegisterBrokerRecord = {
    brokerId,
    isMigratingZkBroker,
    incarnationId,
    brokerEpoch,
    endPoints,
    features,
    rack,
    fenced,
    inControlledShutdown,
    logDirs,
    cordonedLogDirs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeRegisterBrokerRecord(writer: Writer, message: Draft<RegisterBrokerRecord>, version: number): void {
  if (version < 0 || version > 4) throw versionError("RegisterBrokerRecord", version);
  const brokerId = message.brokerId;
  writer.int32(brokerId ?? 0);
  const isMigratingZkBroker = message.isMigratingZkBroker;
  if (version >= 2) {
    writer.bool(isMigratingZkBroker ?? false);
  }
  if (!(version >= 2) && isMigratingZkBroker !== undefined && isMigratingZkBroker !== false) throw notInVersion("RegisterBrokerRecord.isMigratingZkBroker", version);
  const incarnationId = message.incarnationId;
  writer.uuid(incarnationId ?? ZERO_UUID);
  const brokerEpoch = message.brokerEpoch;
  writer.int64(brokerEpoch ?? 0);
  const endPoints = message.endPoints;
  if (endPoints === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(endPoints.length);
    for (const item of endPoints) writeRegisterBrokerRecordBrokerEndpoint(writer, item, version);
  }
  const features = message.features;
  if (features === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(features.length);
    for (const item of features) writeRegisterBrokerRecordBrokerFeature(writer, item, version);
  }
  const rack = message.rack;
  writer.compactNullableString(rack === undefined ? "" : rack);
  const fenced = message.fenced;
  writer.bool(fenced ?? true);
  const inControlledShutdown = message.inControlledShutdown;
  if (version >= 1) {
    writer.bool(inControlledShutdown ?? false);
  }
  if (!(version >= 1) && inControlledShutdown !== undefined && inControlledShutdown !== false) throw notInVersion("RegisterBrokerRecord.inControlledShutdown", version);
  const logDirs = message.logDirs;
  if (!(version >= 3) && logDirs !== undefined && logDirs.length > 0) throw notInVersion("RegisterBrokerRecord.logDirs", version);
  const cordonedLogDirs = message.cordonedLogDirs;
  if (!(version >= 4) && cordonedLogDirs !== undefined && cordonedLogDirs !== null) throw notInVersion("RegisterBrokerRecord.cordonedLogDirs", version);
  const kept = message.unknownTags;
  let tagCount = kept === undefined ? 0 : kept.length;
  const hasLogDirs = version >= 3 && logDirs !== undefined && logDirs.length > 0;
  if (hasLogDirs) tagCount++;
  const hasCordonedLogDirs = version >= 4 && cordonedLogDirs !== undefined && cordonedLogDirs !== null;
  if (hasCordonedLogDirs) tagCount++;
  writer.uvarint(tagCount);
  let keptAt = 0;
  if (hasLogDirs) {
    const mark = writer.beginTag(0);
    if (logDirs === undefined) {
      writer.compactLength(0);
    }
    else {
      writer.compactLength(logDirs.length);
      for (const item of logDirs) writer.uuid(item);
    }
    writer.endTag(mark);
  }
  if (hasCordonedLogDirs) {
    if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 1);
    const mark = writer.beginTag(1);
    if (cordonedLogDirs === null || cordonedLogDirs === undefined) {
      if (!(version >= 4)) throw nullIn("RegisterBrokerRecord.cordonedLogDirs", version);
      writer.compactLength(-1);
    }
    else {
      writer.compactLength(cordonedLogDirs.length);
      for (const item of cordonedLogDirs) writer.uuid(item);
    }
    writer.endTag(mark);
  }
  if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
}

function readRegisterBrokerRecordBrokerEndpoint(reader: Reader, _version: number): RegisterBrokerRecordBrokerEndpoint {
  const name: string = reader.compactString();
  const host: string = reader.compactString();
  const port: number = reader.uint16();
  const securityProtocol: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: RegisterBrokerRecordBrokerEndpoint = {
    name,
    host,
    port,
    securityProtocol,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeRegisterBrokerRecordBrokerEndpoint(writer: Writer, message: Draft<RegisterBrokerRecordBrokerEndpoint>, _version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  const host = message.host;
  writer.compactString(host ?? "");
  const port = message.port;
  writer.uint16(port ?? 0);
  const securityProtocol = message.securityProtocol;
  writer.int16(securityProtocol ?? 0);
  writer.unknownTags(message.unknownTags);
}

function readRegisterBrokerRecordBrokerFeature(reader: Reader, _version: number): RegisterBrokerRecordBrokerFeature {
  const name: string = reader.compactString();
  const minSupportedVersion: number = reader.int16();
  const maxSupportedVersion: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: RegisterBrokerRecordBrokerFeature = {
    name,
    minSupportedVersion,
    maxSupportedVersion,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeRegisterBrokerRecordBrokerFeature(writer: Writer, message: Draft<RegisterBrokerRecordBrokerFeature>, _version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  const minSupportedVersion = message.minSupportedVersion;
  writer.int16(minSupportedVersion ?? 0);
  const maxSupportedVersion = message.maxSupportedVersion;
  writer.int16(maxSupportedVersion ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface UnregisterBrokerRecord {
  brokerId: number;
  brokerEpoch: number;
  unknownTags?: TaggedField[];
}

export function readUnregisterBrokerRecord(reader: Reader, version: number): UnregisterBrokerRecord {
  reader.what = "UnregisterBrokerRecord";
  if (version !== 0) throw versionError("UnregisterBrokerRecord", version);
  const brokerId: number = reader.int32();
  const brokerEpoch: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: UnregisterBrokerRecord = {
    brokerId,
    brokerEpoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeUnregisterBrokerRecord(writer: Writer, message: Draft<UnregisterBrokerRecord>, version: number): void {
  if (version !== 0) throw versionError("UnregisterBrokerRecord", version);
  const brokerId = message.brokerId;
  writer.int32(brokerId ?? 0);
  const brokerEpoch = message.brokerEpoch;
  writer.int64(brokerEpoch ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface TopicRecord {
  name: string;
  topicId: Uuid;
  unknownTags?: TaggedField[];
}

export function readTopicRecord(reader: Reader, version: number): TopicRecord {
  reader.what = "TopicRecord";
  if (version !== 0) throw versionError("TopicRecord", version);
  const name: string = reader.compactString();
  const topicId: Uuid = reader.uuid();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: TopicRecord = {
    name,
    topicId,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeTopicRecord(writer: Writer, message: Draft<TopicRecord>, version: number): void {
  if (version !== 0) throw versionError("TopicRecord", version);
  const name = message.name;
  writer.compactString(name ?? "");
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  writer.unknownTags(message.unknownTags);
}

export interface PartitionRecord {
  partitionId: number;
  topicId: Uuid;
  replicas: number[];
  isr: number[];
  removingReplicas: number[];
  addingReplicas: number[];
  leader: number;
  leaderRecoveryState: number;
  leaderEpoch: number;
  partitionEpoch: number;
  directories: Uuid[];
  eligibleLeaderReplicas: number[] | null;
  lastKnownElr: number[] | null;
  unknownTags?: TaggedField[];
}

export function readPartitionRecord(reader: Reader, version: number): PartitionRecord {
  reader.what = "PartitionRecord";
  if (version < 0 || version > 2) throw versionError("PartitionRecord", version);
  const partitionId: number = reader.int32();
  const topicId: Uuid = reader.uuid();
  let replicas: number[];
  const replicasLength = reader.compactArrayLength(4);
  if (replicasLength < 0) throw reader.nullError("replicas");
  {
    const list: number[] = [];
    for (let i = 0; i < replicasLength; i++) list.push(reader.int32());
    replicas = list;
  }
  let isr: number[];
  const isrLength = reader.compactArrayLength(4);
  if (isrLength < 0) throw reader.nullError("isr");
  {
    const list: number[] = [];
    for (let i = 0; i < isrLength; i++) list.push(reader.int32());
    isr = list;
  }
  let removingReplicas: number[];
  const removingReplicasLength = reader.compactArrayLength(4);
  if (removingReplicasLength < 0) throw reader.nullError("removingReplicas");
  {
    const list: number[] = [];
    for (let i = 0; i < removingReplicasLength; i++) list.push(reader.int32());
    removingReplicas = list;
  }
  let addingReplicas: number[];
  const addingReplicasLength = reader.compactArrayLength(4);
  if (addingReplicasLength < 0) throw reader.nullError("addingReplicas");
  {
    const list: number[] = [];
    for (let i = 0; i < addingReplicasLength; i++) list.push(reader.int32());
    addingReplicas = list;
  }
  const leader: number = reader.int32();
  let leaderRecoveryState: number = 0;
  const leaderEpoch: number = reader.int32();
  const partitionEpoch: number = reader.int32();
  let directories: Uuid[] = [];
  if (version >= 1) {
    const directoriesLength = reader.compactArrayLength(16);
    if (directoriesLength < 0) throw reader.nullError("directories");
    {
      const list: Uuid[] = [];
      for (let i = 0; i < directoriesLength; i++) list.push(reader.uuid());
      directories = list;
    }
  }
  let eligibleLeaderReplicas: number[] | null = null;
  let lastKnownElr: number[] | null = null;
  let unknownTags: TaggedField[] | null = null;
  const tagCount = reader.uvarint();
  let tag = -1;
  for (let i = 0; i < tagCount; i++) {
    tag = reader.tag(tag);
    if (tag === 0) {
      const tagEnd = reader.beginTag();
      leaderRecoveryState = reader.int8();
      reader.endTag(tagEnd, "leaderRecoveryState");
    }
    else if (tag === 1 && version >= 2) {
      const tagEnd = reader.beginTag();
      const eligibleLeaderReplicasLength = reader.compactArrayLength(4);
      if (eligibleLeaderReplicasLength < 0) {
        if (!(version >= 2)) throw reader.nullError("eligibleLeaderReplicas");
        eligibleLeaderReplicas = null;
      }
      else {
        const list: number[] = [];
        for (let i = 0; i < eligibleLeaderReplicasLength; i++) list.push(reader.int32());
        eligibleLeaderReplicas = list;
      }
      reader.endTag(tagEnd, "eligibleLeaderReplicas");
    }
    else if (tag === 2 && version >= 2) {
      const tagEnd = reader.beginTag();
      const lastKnownElrLength = reader.compactArrayLength(4);
      if (lastKnownElrLength < 0) {
        if (!(version >= 2)) throw reader.nullError("lastKnownElr");
        lastKnownElr = null;
      }
      else {
        const list: number[] = [];
        for (let i = 0; i < lastKnownElrLength; i++) list.push(reader.int32());
        lastKnownElr = list;
      }
      reader.endTag(tagEnd, "lastKnownElr");
    }
    else (unknownTags ??= []).push(reader.unknownTag(tag));
  }
  const message: PartitionRecord = {
    partitionId,
    topicId,
    replicas,
    isr,
    removingReplicas,
    addingReplicas,
    leader,
    leaderRecoveryState,
    leaderEpoch,
    partitionEpoch,
    directories,
    eligibleLeaderReplicas,
    lastKnownElr,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writePartitionRecord(writer: Writer, message: Draft<PartitionRecord>, version: number): void {
  if (version < 0 || version > 2) throw versionError("PartitionRecord", version);
  const partitionId = message.partitionId;
  writer.int32(partitionId ?? -1);
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const replicas = message.replicas;
  if (replicas === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(replicas.length);
    for (const item of replicas) writer.int32(item);
  }
  const isr = message.isr;
  if (isr === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(isr.length);
    for (const item of isr) writer.int32(item);
  }
  const removingReplicas = message.removingReplicas;
  if (removingReplicas === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(removingReplicas.length);
    for (const item of removingReplicas) writer.int32(item);
  }
  const addingReplicas = message.addingReplicas;
  if (addingReplicas === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(addingReplicas.length);
    for (const item of addingReplicas) writer.int32(item);
  }
  const leader = message.leader;
  writer.int32(leader ?? -1);
  const leaderRecoveryState = message.leaderRecoveryState;
  const leaderEpoch = message.leaderEpoch;
  writer.int32(leaderEpoch ?? -1);
  const partitionEpoch = message.partitionEpoch;
  writer.int32(partitionEpoch ?? -1);
  const directories = message.directories;
  if (version >= 1) {
    if (directories === undefined) {
      writer.compactLength(0);
    }
    else {
      writer.compactLength(directories.length);
      for (const item of directories) writer.uuid(item);
    }
  }
  if (!(version >= 1) && directories !== undefined && directories.length > 0) throw notInVersion("PartitionRecord.directories", version);
  const eligibleLeaderReplicas = message.eligibleLeaderReplicas;
  if (!(version >= 2) && eligibleLeaderReplicas !== undefined && eligibleLeaderReplicas !== null) throw notInVersion("PartitionRecord.eligibleLeaderReplicas", version);
  const lastKnownElr = message.lastKnownElr;
  if (!(version >= 2) && lastKnownElr !== undefined && lastKnownElr !== null) throw notInVersion("PartitionRecord.lastKnownElr", version);
  const kept = message.unknownTags;
  let tagCount = kept === undefined ? 0 : kept.length;
  const hasLeaderRecoveryState = leaderRecoveryState !== undefined && leaderRecoveryState !== 0;
  if (hasLeaderRecoveryState) tagCount++;
  const hasEligibleLeaderReplicas = version >= 2 && eligibleLeaderReplicas !== undefined && eligibleLeaderReplicas !== null;
  if (hasEligibleLeaderReplicas) tagCount++;
  const hasLastKnownElr = version >= 2 && lastKnownElr !== undefined && lastKnownElr !== null;
  if (hasLastKnownElr) tagCount++;
  writer.uvarint(tagCount);
  let keptAt = 0;
  if (hasLeaderRecoveryState) {
    const mark = writer.beginTag(0);
    writer.int8(leaderRecoveryState ?? 0);
    writer.endTag(mark);
  }
  if (hasEligibleLeaderReplicas) {
    if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 1);
    const mark = writer.beginTag(1);
    if (eligibleLeaderReplicas === null || eligibleLeaderReplicas === undefined) {
      if (!(version >= 2)) throw nullIn("PartitionRecord.eligibleLeaderReplicas", version);
      writer.compactLength(-1);
    }
    else {
      writer.compactLength(eligibleLeaderReplicas.length);
      for (const item of eligibleLeaderReplicas) writer.int32(item);
    }
    writer.endTag(mark);
  }
  if (hasLastKnownElr) {
    if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 2);
    const mark = writer.beginTag(2);
    if (lastKnownElr === null || lastKnownElr === undefined) {
      if (!(version >= 2)) throw nullIn("PartitionRecord.lastKnownElr", version);
      writer.compactLength(-1);
    }
    else {
      writer.compactLength(lastKnownElr.length);
      for (const item of lastKnownElr) writer.int32(item);
    }
    writer.endTag(mark);
  }
  if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
}

export interface ConfigRecord {
  resourceType: number;
  resourceName: string;
  name: string;
  value: string | null;
  unknownTags?: TaggedField[];
}

export function readConfigRecord(reader: Reader, version: number): ConfigRecord {
  reader.what = "ConfigRecord";
  if (version !== 0) throw versionError("ConfigRecord", version);
  const resourceType: number = reader.int8();
  const resourceName: string = reader.compactString();
  const name: string = reader.compactString();
  const value: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ConfigRecord = {
    resourceType,
    resourceName,
    name,
    value,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeConfigRecord(writer: Writer, message: Draft<ConfigRecord>, version: number): void {
  if (version !== 0) throw versionError("ConfigRecord", version);
  const resourceType = message.resourceType;
  writer.int8(resourceType ?? 0);
  const resourceName = message.resourceName;
  writer.compactString(resourceName ?? "");
  const name = message.name;
  writer.compactString(name ?? "");
  const value = message.value;
  writer.compactNullableString(value === undefined ? "" : value);
  writer.unknownTags(message.unknownTags);
}

export interface PartitionChangeRecord {
  partitionId: number;
  topicId: Uuid;
  isr: number[] | null;
  leader: number;
  replicas: number[] | null;
  removingReplicas: number[] | null;
  addingReplicas: number[] | null;
  leaderRecoveryState: number;
  directories: Uuid[] | null;
  eligibleLeaderReplicas: number[] | null;
  lastKnownElr: number[] | null;
  unknownTags?: TaggedField[];
}

export function readPartitionChangeRecord(reader: Reader, version: number): PartitionChangeRecord {
  reader.what = "PartitionChangeRecord";
  if (version < 0 || version > 2) throw versionError("PartitionChangeRecord", version);
  const partitionId: number = reader.int32();
  const topicId: Uuid = reader.uuid();
  let isr: number[] | null = null;
  let leader: number = -2;
  let replicas: number[] | null = null;
  let removingReplicas: number[] | null = null;
  let addingReplicas: number[] | null = null;
  let leaderRecoveryState: number = -1;
  let directories: Uuid[] | null = null;
  let eligibleLeaderReplicas: number[] | null = null;
  let lastKnownElr: number[] | null = null;
  let unknownTags: TaggedField[] | null = null;
  const tagCount = reader.uvarint();
  let tag = -1;
  for (let i = 0; i < tagCount; i++) {
    tag = reader.tag(tag);
    if (tag === 0) {
      const tagEnd = reader.beginTag();
      const isrLength = reader.compactArrayLength(4);
      if (isrLength < 0) {
        isr = null;
      }
      else {
        const list: number[] = [];
        for (let i = 0; i < isrLength; i++) list.push(reader.int32());
        isr = list;
      }
      reader.endTag(tagEnd, "isr");
    }
    else if (tag === 1) {
      const tagEnd = reader.beginTag();
      leader = reader.int32();
      reader.endTag(tagEnd, "leader");
    }
    else if (tag === 2) {
      const tagEnd = reader.beginTag();
      const replicasLength = reader.compactArrayLength(4);
      if (replicasLength < 0) {
        replicas = null;
      }
      else {
        const list: number[] = [];
        for (let i = 0; i < replicasLength; i++) list.push(reader.int32());
        replicas = list;
      }
      reader.endTag(tagEnd, "replicas");
    }
    else if (tag === 3) {
      const tagEnd = reader.beginTag();
      const removingReplicasLength = reader.compactArrayLength(4);
      if (removingReplicasLength < 0) {
        removingReplicas = null;
      }
      else {
        const list: number[] = [];
        for (let i = 0; i < removingReplicasLength; i++) list.push(reader.int32());
        removingReplicas = list;
      }
      reader.endTag(tagEnd, "removingReplicas");
    }
    else if (tag === 4) {
      const tagEnd = reader.beginTag();
      const addingReplicasLength = reader.compactArrayLength(4);
      if (addingReplicasLength < 0) {
        addingReplicas = null;
      }
      else {
        const list: number[] = [];
        for (let i = 0; i < addingReplicasLength; i++) list.push(reader.int32());
        addingReplicas = list;
      }
      reader.endTag(tagEnd, "addingReplicas");
    }
    else if (tag === 5) {
      const tagEnd = reader.beginTag();
      leaderRecoveryState = reader.int8();
      reader.endTag(tagEnd, "leaderRecoveryState");
    }
    else if (tag === 6 && version >= 2) {
      const tagEnd = reader.beginTag();
      const eligibleLeaderReplicasLength = reader.compactArrayLength(4);
      if (eligibleLeaderReplicasLength < 0) {
        if (!(version >= 2)) throw reader.nullError("eligibleLeaderReplicas");
        eligibleLeaderReplicas = null;
      }
      else {
        const list: number[] = [];
        for (let i = 0; i < eligibleLeaderReplicasLength; i++) list.push(reader.int32());
        eligibleLeaderReplicas = list;
      }
      reader.endTag(tagEnd, "eligibleLeaderReplicas");
    }
    else if (tag === 7 && version >= 2) {
      const tagEnd = reader.beginTag();
      const lastKnownElrLength = reader.compactArrayLength(4);
      if (lastKnownElrLength < 0) {
        if (!(version >= 2)) throw reader.nullError("lastKnownElr");
        lastKnownElr = null;
      }
      else {
        const list: number[] = [];
        for (let i = 0; i < lastKnownElrLength; i++) list.push(reader.int32());
        lastKnownElr = list;
      }
      reader.endTag(tagEnd, "lastKnownElr");
    }
    else if (tag === 8 && version >= 1) {
      const tagEnd = reader.beginTag();
      const directoriesLength = reader.compactArrayLength(16);
      if (directoriesLength < 0) {
        if (!(version >= 1)) throw reader.nullError("directories");
        directories = null;
      }
      else {
        const list: Uuid[] = [];
        for (let i = 0; i < directoriesLength; i++) list.push(reader.uuid());
        directories = list;
      }
      reader.endTag(tagEnd, "directories");
    }
    else (unknownTags ??= []).push(reader.unknownTag(tag));
  }
  const message: PartitionChangeRecord = {
    partitionId,
    topicId,
    isr,
    leader,
    replicas,
    removingReplicas,
    addingReplicas,
    leaderRecoveryState,
    directories,
    eligibleLeaderReplicas,
    lastKnownElr,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writePartitionChangeRecord(writer: Writer, message: Draft<PartitionChangeRecord>, version: number): void {
  if (version < 0 || version > 2) throw versionError("PartitionChangeRecord", version);
  const partitionId = message.partitionId;
  writer.int32(partitionId ?? -1);
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  const isr = message.isr;
  const leader = message.leader;
  const replicas = message.replicas;
  const removingReplicas = message.removingReplicas;
  const addingReplicas = message.addingReplicas;
  const leaderRecoveryState = message.leaderRecoveryState;
  const directories = message.directories;
  if (!(version >= 1) && directories !== undefined && directories !== null) throw notInVersion("PartitionChangeRecord.directories", version);
  const eligibleLeaderReplicas = message.eligibleLeaderReplicas;
  if (!(version >= 2) && eligibleLeaderReplicas !== undefined && eligibleLeaderReplicas !== null) throw notInVersion("PartitionChangeRecord.eligibleLeaderReplicas", version);
  const lastKnownElr = message.lastKnownElr;
  if (!(version >= 2) && lastKnownElr !== undefined && lastKnownElr !== null) throw notInVersion("PartitionChangeRecord.lastKnownElr", version);
  const kept = message.unknownTags;
  let tagCount = kept === undefined ? 0 : kept.length;
  const hasIsr = isr !== undefined && isr !== null;
  if (hasIsr) tagCount++;
  const hasLeader = leader !== undefined && leader !== -2;
  if (hasLeader) tagCount++;
  const hasReplicas = replicas !== undefined && replicas !== null;
  if (hasReplicas) tagCount++;
  const hasRemovingReplicas = removingReplicas !== undefined && removingReplicas !== null;
  if (hasRemovingReplicas) tagCount++;
  const hasAddingReplicas = addingReplicas !== undefined && addingReplicas !== null;
  if (hasAddingReplicas) tagCount++;
  const hasLeaderRecoveryState = leaderRecoveryState !== undefined && leaderRecoveryState !== -1;
  if (hasLeaderRecoveryState) tagCount++;
  const hasEligibleLeaderReplicas = version >= 2 && eligibleLeaderReplicas !== undefined && eligibleLeaderReplicas !== null;
  if (hasEligibleLeaderReplicas) tagCount++;
  const hasLastKnownElr = version >= 2 && lastKnownElr !== undefined && lastKnownElr !== null;
  if (hasLastKnownElr) tagCount++;
  const hasDirectories = version >= 1 && directories !== undefined && directories !== null;
  if (hasDirectories) tagCount++;
  writer.uvarint(tagCount);
  let keptAt = 0;
  if (hasIsr) {
    const mark = writer.beginTag(0);
    if (isr === null || isr === undefined) {
      writer.compactLength(-1);
    }
    else {
      writer.compactLength(isr.length);
      for (const item of isr) writer.int32(item);
    }
    writer.endTag(mark);
  }
  if (hasLeader) {
    if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 1);
    const mark = writer.beginTag(1);
    writer.int32(leader ?? -2);
    writer.endTag(mark);
  }
  if (hasReplicas) {
    if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 2);
    const mark = writer.beginTag(2);
    if (replicas === null || replicas === undefined) {
      writer.compactLength(-1);
    }
    else {
      writer.compactLength(replicas.length);
      for (const item of replicas) writer.int32(item);
    }
    writer.endTag(mark);
  }
  if (hasRemovingReplicas) {
    if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 3);
    const mark = writer.beginTag(3);
    if (removingReplicas === null || removingReplicas === undefined) {
      writer.compactLength(-1);
    }
    else {
      writer.compactLength(removingReplicas.length);
      for (const item of removingReplicas) writer.int32(item);
    }
    writer.endTag(mark);
  }
  if (hasAddingReplicas) {
    if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 4);
    const mark = writer.beginTag(4);
    if (addingReplicas === null || addingReplicas === undefined) {
      writer.compactLength(-1);
    }
    else {
      writer.compactLength(addingReplicas.length);
      for (const item of addingReplicas) writer.int32(item);
    }
    writer.endTag(mark);
  }
  if (hasLeaderRecoveryState) {
    if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 5);
    const mark = writer.beginTag(5);
    writer.int8(leaderRecoveryState ?? -1);
    writer.endTag(mark);
  }
  if (hasEligibleLeaderReplicas) {
    if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 6);
    const mark = writer.beginTag(6);
    if (eligibleLeaderReplicas === null || eligibleLeaderReplicas === undefined) {
      if (!(version >= 2)) throw nullIn("PartitionChangeRecord.eligibleLeaderReplicas", version);
      writer.compactLength(-1);
    }
    else {
      writer.compactLength(eligibleLeaderReplicas.length);
      for (const item of eligibleLeaderReplicas) writer.int32(item);
    }
    writer.endTag(mark);
  }
  if (hasLastKnownElr) {
    if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 7);
    const mark = writer.beginTag(7);
    if (lastKnownElr === null || lastKnownElr === undefined) {
      if (!(version >= 2)) throw nullIn("PartitionChangeRecord.lastKnownElr", version);
      writer.compactLength(-1);
    }
    else {
      writer.compactLength(lastKnownElr.length);
      for (const item of lastKnownElr) writer.int32(item);
    }
    writer.endTag(mark);
  }
  if (hasDirectories) {
    if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 8);
    const mark = writer.beginTag(8);
    if (directories === null || directories === undefined) {
      if (!(version >= 1)) throw nullIn("PartitionChangeRecord.directories", version);
      writer.compactLength(-1);
    }
    else {
      writer.compactLength(directories.length);
      for (const item of directories) writer.uuid(item);
    }
    writer.endTag(mark);
  }
  if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
}

export interface FenceBrokerRecord {
  id: number;
  epoch: number;
  unknownTags?: TaggedField[];
}

export function readFenceBrokerRecord(reader: Reader, version: number): FenceBrokerRecord {
  reader.what = "FenceBrokerRecord";
  if (version !== 0) throw versionError("FenceBrokerRecord", version);
  const id: number = reader.int32();
  const epoch: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: FenceBrokerRecord = {
    id,
    epoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeFenceBrokerRecord(writer: Writer, message: Draft<FenceBrokerRecord>, version: number): void {
  if (version !== 0) throw versionError("FenceBrokerRecord", version);
  const id = message.id;
  writer.int32(id ?? 0);
  const epoch = message.epoch;
  writer.int64(epoch ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface UnfenceBrokerRecord {
  id: number;
  epoch: number;
  unknownTags?: TaggedField[];
}

export function readUnfenceBrokerRecord(reader: Reader, version: number): UnfenceBrokerRecord {
  reader.what = "UnfenceBrokerRecord";
  if (version !== 0) throw versionError("UnfenceBrokerRecord", version);
  const id: number = reader.int32();
  const epoch: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: UnfenceBrokerRecord = {
    id,
    epoch,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeUnfenceBrokerRecord(writer: Writer, message: Draft<UnfenceBrokerRecord>, version: number): void {
  if (version !== 0) throw versionError("UnfenceBrokerRecord", version);
  const id = message.id;
  writer.int32(id ?? 0);
  const epoch = message.epoch;
  writer.int64(epoch ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface RemoveTopicRecord {
  topicId: Uuid;
  unknownTags?: TaggedField[];
}

export function readRemoveTopicRecord(reader: Reader, version: number): RemoveTopicRecord {
  reader.what = "RemoveTopicRecord";
  if (version !== 0) throw versionError("RemoveTopicRecord", version);
  const topicId: Uuid = reader.uuid();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: RemoveTopicRecord = {
    topicId,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeRemoveTopicRecord(writer: Writer, message: Draft<RemoveTopicRecord>, version: number): void {
  if (version !== 0) throw versionError("RemoveTopicRecord", version);
  const topicId = message.topicId;
  writer.uuid(topicId ?? ZERO_UUID);
  writer.unknownTags(message.unknownTags);
}

export interface DelegationTokenRecord {
  owner: string;
  requester: string;
  renewers: string[];
  issueTimestamp: number;
  maxTimestamp: number;
  expirationTimestamp: number;
  tokenId: string;
  unknownTags?: TaggedField[];
}

export function readDelegationTokenRecord(reader: Reader, version: number): DelegationTokenRecord {
  reader.what = "DelegationTokenRecord";
  if (version !== 0) throw versionError("DelegationTokenRecord", version);
  const owner: string = reader.compactString();
  const requester: string = reader.compactString();
  let renewers: string[];
  const renewersLength = reader.compactArrayLength(1);
  if (renewersLength < 0) throw reader.nullError("renewers");
  {
    const list: string[] = [];
    for (let i = 0; i < renewersLength; i++) list.push(reader.compactString());
    renewers = list;
  }
  const issueTimestamp: number = reader.int64();
  const maxTimestamp: number = reader.int64();
  const expirationTimestamp: number = reader.int64();
  const tokenId: string = reader.compactString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: DelegationTokenRecord = {
    owner,
    requester,
    renewers,
    issueTimestamp,
    maxTimestamp,
    expirationTimestamp,
    tokenId,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeDelegationTokenRecord(writer: Writer, message: Draft<DelegationTokenRecord>, version: number): void {
  if (version !== 0) throw versionError("DelegationTokenRecord", version);
  const owner = message.owner;
  writer.compactString(owner ?? "");
  const requester = message.requester;
  writer.compactString(requester ?? "");
  const renewers = message.renewers;
  if (renewers === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(renewers.length);
    for (const item of renewers) {
      writer.compactString(item);
    }
  }
  const issueTimestamp = message.issueTimestamp;
  writer.int64(issueTimestamp ?? 0);
  const maxTimestamp = message.maxTimestamp;
  writer.int64(maxTimestamp ?? 0);
  const expirationTimestamp = message.expirationTimestamp;
  writer.int64(expirationTimestamp ?? 0);
  const tokenId = message.tokenId;
  writer.compactString(tokenId ?? "");
  writer.unknownTags(message.unknownTags);
}

export interface UserScramCredentialRecord {
  name: string;
  mechanism: number;
  salt: Uint8Array;
  storedKey: Uint8Array;
  serverKey: Uint8Array;
  iterations: number;
  unknownTags?: TaggedField[];
}

export function readUserScramCredentialRecord(reader: Reader, version: number): UserScramCredentialRecord {
  reader.what = "UserScramCredentialRecord";
  if (version !== 0) throw versionError("UserScramCredentialRecord", version);
  const name: string = reader.compactString();
  const mechanism: number = reader.int8();
  const salt: Uint8Array = reader.compactBytes();
  const storedKey: Uint8Array = reader.compactBytes();
  const serverKey: Uint8Array = reader.compactBytes();
  const iterations: number = reader.int32();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: UserScramCredentialRecord = {
    name,
    mechanism,
    salt,
    storedKey,
    serverKey,
    iterations,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeUserScramCredentialRecord(writer: Writer, message: Draft<UserScramCredentialRecord>, version: number): void {
  if (version !== 0) throw versionError("UserScramCredentialRecord", version);
  const name = message.name;
  writer.compactString(name ?? "");
  const mechanism = message.mechanism;
  writer.int8(mechanism ?? 0);
  const salt = message.salt;
  writer.compactBytes(salt ?? NO_BYTES);
  const storedKey = message.storedKey;
  writer.compactBytes(storedKey ?? NO_BYTES);
  const serverKey = message.serverKey;
  writer.compactBytes(serverKey ?? NO_BYTES);
  const iterations = message.iterations;
  writer.int32(iterations ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface FeatureLevelRecord {
  name: string;
  featureLevel: number;
  unknownTags?: TaggedField[];
}

export function readFeatureLevelRecord(reader: Reader, version: number): FeatureLevelRecord {
  reader.what = "FeatureLevelRecord";
  if (version !== 0) throw versionError("FeatureLevelRecord", version);
  const name: string = reader.compactString();
  const featureLevel: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: FeatureLevelRecord = {
    name,
    featureLevel,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeFeatureLevelRecord(writer: Writer, message: Draft<FeatureLevelRecord>, version: number): void {
  if (version !== 0) throw versionError("FeatureLevelRecord", version);
  const name = message.name;
  writer.compactString(name ?? "");
  const featureLevel = message.featureLevel;
  writer.int16(featureLevel ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface ClientQuotaRecord {
  entity: ClientQuotaRecordEntityData[];
  key: string;
  value: number;
  remove: boolean;
  unknownTags?: TaggedField[];
}

export interface ClientQuotaRecordEntityData {
  entityType: string;
  entityName: string | null;
  unknownTags?: TaggedField[];
}

export function readClientQuotaRecord(reader: Reader, version: number): ClientQuotaRecord {
  reader.what = "ClientQuotaRecord";
  if (version !== 0) throw versionError("ClientQuotaRecord", version);
  let entity: ClientQuotaRecordEntityData[];
  const entityLength = reader.compactArrayLength(3);
  if (entityLength < 0) throw reader.nullError("entity");
  {
    const list: ClientQuotaRecordEntityData[] = [];
    for (let i = 0; i < entityLength; i++) list.push(readClientQuotaRecordEntityData(reader, version));
    entity = list;
  }
  const key: string = reader.compactString();
  const value: number = reader.float64();
  const remove: boolean = reader.bool();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ClientQuotaRecord = {
    entity,
    key,
    value,
    remove,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeClientQuotaRecord(writer: Writer, message: Draft<ClientQuotaRecord>, version: number): void {
  if (version !== 0) throw versionError("ClientQuotaRecord", version);
  const entity = message.entity;
  if (entity === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(entity.length);
    for (const item of entity) writeClientQuotaRecordEntityData(writer, item, version);
  }
  const key = message.key;
  writer.compactString(key ?? "");
  const value = message.value;
  writer.float64(value ?? 0);
  const remove = message.remove;
  writer.bool(remove ?? false);
  writer.unknownTags(message.unknownTags);
}

function readClientQuotaRecordEntityData(reader: Reader, _version: number): ClientQuotaRecordEntityData {
  const entityType: string = reader.compactString();
  const entityName: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ClientQuotaRecordEntityData = {
    entityType,
    entityName,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeClientQuotaRecordEntityData(writer: Writer, message: Draft<ClientQuotaRecordEntityData>, _version: number): void {
  const entityType = message.entityType;
  writer.compactString(entityType ?? "");
  const entityName = message.entityName;
  writer.compactNullableString(entityName === undefined ? "" : entityName);
  writer.unknownTags(message.unknownTags);
}

export interface ProducerIdsRecord {
  brokerId: number;
  brokerEpoch: number;
  nextProducerId: number;
  unknownTags?: TaggedField[];
}

export function readProducerIdsRecord(reader: Reader, version: number): ProducerIdsRecord {
  reader.what = "ProducerIdsRecord";
  if (version !== 0) throw versionError("ProducerIdsRecord", version);
  const brokerId: number = reader.int32();
  const brokerEpoch: number = reader.int64();
  const nextProducerId: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ProducerIdsRecord = {
    brokerId,
    brokerEpoch,
    nextProducerId,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeProducerIdsRecord(writer: Writer, message: Draft<ProducerIdsRecord>, version: number): void {
  if (version !== 0) throw versionError("ProducerIdsRecord", version);
  const brokerId = message.brokerId;
  writer.int32(brokerId ?? 0);
  const brokerEpoch = message.brokerEpoch;
  writer.int64(brokerEpoch ?? -1);
  const nextProducerId = message.nextProducerId;
  writer.int64(nextProducerId ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface BrokerRegistrationChangeRecord {
  brokerId: number;
  brokerEpoch: number;
  fenced: number;
  inControlledShutdown: number;
  logDirs: Uuid[];
  cordonedLogDirs: Uuid[] | null;
  unknownTags?: TaggedField[];
}

export function readBrokerRegistrationChangeRecord(reader: Reader, version: number): BrokerRegistrationChangeRecord {
  reader.what = "BrokerRegistrationChangeRecord";
  if (version < 0 || version > 3) throw versionError("BrokerRegistrationChangeRecord", version);
  const brokerId: number = reader.int32();
  const brokerEpoch: number = reader.int64();
  let fenced: number = 0;
  let inControlledShutdown: number = 0;
  let logDirs: Uuid[] = [];
  let cordonedLogDirs: Uuid[] | null = null;
  let unknownTags: TaggedField[] | null = null;
  const tagCount = reader.uvarint();
  let tag = -1;
  for (let i = 0; i < tagCount; i++) {
    tag = reader.tag(tag);
    if (tag === 0) {
      const tagEnd = reader.beginTag();
      fenced = reader.int8();
      reader.endTag(tagEnd, "fenced");
    }
    else if (tag === 1 && version >= 1) {
      const tagEnd = reader.beginTag();
      inControlledShutdown = reader.int8();
      reader.endTag(tagEnd, "inControlledShutdown");
    }
    else if (tag === 2 && version >= 2) {
      const tagEnd = reader.beginTag();
      const logDirsLength = reader.compactArrayLength(16);
      if (logDirsLength < 0) throw reader.nullError("logDirs");
      {
        const list: Uuid[] = [];
        for (let i = 0; i < logDirsLength; i++) list.push(reader.uuid());
        logDirs = list;
      }
      reader.endTag(tagEnd, "logDirs");
    }
    else if (tag === 3 && version >= 3) {
      const tagEnd = reader.beginTag();
      const cordonedLogDirsLength = reader.compactArrayLength(16);
      if (cordonedLogDirsLength < 0) {
        if (!(version >= 3)) throw reader.nullError("cordonedLogDirs");
        cordonedLogDirs = null;
      }
      else {
        const list: Uuid[] = [];
        for (let i = 0; i < cordonedLogDirsLength; i++) list.push(reader.uuid());
        cordonedLogDirs = list;
      }
      reader.endTag(tagEnd, "cordonedLogDirs");
    }
    else (unknownTags ??= []).push(reader.unknownTag(tag));
  }
  const message: BrokerRegistrationChangeRecord = {
    brokerId,
    brokerEpoch,
    fenced,
    inControlledShutdown,
    logDirs,
    cordonedLogDirs,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeBrokerRegistrationChangeRecord(writer: Writer, message: Draft<BrokerRegistrationChangeRecord>, version: number): void {
  if (version < 0 || version > 3) throw versionError("BrokerRegistrationChangeRecord", version);
  const brokerId = message.brokerId;
  writer.int32(brokerId ?? 0);
  const brokerEpoch = message.brokerEpoch;
  writer.int64(brokerEpoch ?? 0);
  const fenced = message.fenced;
  const inControlledShutdown = message.inControlledShutdown;
  if (!(version >= 1) && inControlledShutdown !== undefined && inControlledShutdown !== 0) throw notInVersion("BrokerRegistrationChangeRecord.inControlledShutdown", version);
  const logDirs = message.logDirs;
  if (!(version >= 2) && logDirs !== undefined && logDirs.length > 0) throw notInVersion("BrokerRegistrationChangeRecord.logDirs", version);
  const cordonedLogDirs = message.cordonedLogDirs;
  if (!(version >= 3) && cordonedLogDirs !== undefined && cordonedLogDirs !== null) throw notInVersion("BrokerRegistrationChangeRecord.cordonedLogDirs", version);
  const kept = message.unknownTags;
  let tagCount = kept === undefined ? 0 : kept.length;
  const hasFenced = fenced !== undefined && fenced !== 0;
  if (hasFenced) tagCount++;
  const hasInControlledShutdown = version >= 1 && inControlledShutdown !== undefined && inControlledShutdown !== 0;
  if (hasInControlledShutdown) tagCount++;
  const hasLogDirs = version >= 2 && logDirs !== undefined && logDirs.length > 0;
  if (hasLogDirs) tagCount++;
  const hasCordonedLogDirs = version >= 3 && cordonedLogDirs !== undefined && cordonedLogDirs !== null;
  if (hasCordonedLogDirs) tagCount++;
  writer.uvarint(tagCount);
  let keptAt = 0;
  if (hasFenced) {
    const mark = writer.beginTag(0);
    writer.int8(fenced ?? 0);
    writer.endTag(mark);
  }
  if (hasInControlledShutdown) {
    if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 1);
    const mark = writer.beginTag(1);
    writer.int8(inControlledShutdown ?? 0);
    writer.endTag(mark);
  }
  if (hasLogDirs) {
    if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 2);
    const mark = writer.beginTag(2);
    if (logDirs === undefined) {
      writer.compactLength(0);
    }
    else {
      writer.compactLength(logDirs.length);
      for (const item of logDirs) writer.uuid(item);
    }
    writer.endTag(mark);
  }
  if (hasCordonedLogDirs) {
    if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 3);
    const mark = writer.beginTag(3);
    if (cordonedLogDirs === null || cordonedLogDirs === undefined) {
      if (!(version >= 3)) throw nullIn("BrokerRegistrationChangeRecord.cordonedLogDirs", version);
      writer.compactLength(-1);
    }
    else {
      writer.compactLength(cordonedLogDirs.length);
      for (const item of cordonedLogDirs) writer.uuid(item);
    }
    writer.endTag(mark);
  }
  if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
}

export interface AccessControlEntryRecord {
  id: Uuid;
  resourceType: number;
  resourceName: string;
  patternType: number;
  principal: string;
  host: string;
  operation: number;
  permissionType: number;
  unknownTags?: TaggedField[];
}

export function readAccessControlEntryRecord(reader: Reader, version: number): AccessControlEntryRecord {
  reader.what = "AccessControlEntryRecord";
  if (version !== 0) throw versionError("AccessControlEntryRecord", version);
  const id: Uuid = reader.uuid();
  const resourceType: number = reader.int8();
  const resourceName: string = reader.compactString();
  const patternType: number = reader.int8();
  const principal: string = reader.compactString();
  const host: string = reader.compactString();
  const operation: number = reader.int8();
  const permissionType: number = reader.int8();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: AccessControlEntryRecord = {
    id,
    resourceType,
    resourceName,
    patternType,
    principal,
    host,
    operation,
    permissionType,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAccessControlEntryRecord(writer: Writer, message: Draft<AccessControlEntryRecord>, version: number): void {
  if (version !== 0) throw versionError("AccessControlEntryRecord", version);
  const id = message.id;
  writer.uuid(id ?? ZERO_UUID);
  const resourceType = message.resourceType;
  writer.int8(resourceType ?? 0);
  const resourceName = message.resourceName;
  writer.compactString(resourceName ?? "");
  const patternType = message.patternType;
  writer.int8(patternType ?? 0);
  const principal = message.principal;
  writer.compactString(principal ?? "");
  const host = message.host;
  writer.compactString(host ?? "");
  const operation = message.operation;
  writer.int8(operation ?? 0);
  const permissionType = message.permissionType;
  writer.int8(permissionType ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface RemoveAccessControlEntryRecord {
  id: Uuid;
  unknownTags?: TaggedField[];
}

export function readRemoveAccessControlEntryRecord(reader: Reader, version: number): RemoveAccessControlEntryRecord {
  reader.what = "RemoveAccessControlEntryRecord";
  if (version !== 0) throw versionError("RemoveAccessControlEntryRecord", version);
  const id: Uuid = reader.uuid();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: RemoveAccessControlEntryRecord = {
    id,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeRemoveAccessControlEntryRecord(writer: Writer, message: Draft<RemoveAccessControlEntryRecord>, version: number): void {
  if (version !== 0) throw versionError("RemoveAccessControlEntryRecord", version);
  const id = message.id;
  writer.uuid(id ?? ZERO_UUID);
  writer.unknownTags(message.unknownTags);
}

export interface NoOpRecord {
  unknownTags?: TaggedField[];
}

export function readNoOpRecord(reader: Reader, version: number): NoOpRecord {
  reader.what = "NoOpRecord";
  if (version !== 0) throw versionError("NoOpRecord", version);
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: NoOpRecord = {
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeNoOpRecord(writer: Writer, message: Draft<NoOpRecord>, version: number): void {
  if (version !== 0) throw versionError("NoOpRecord", version);
  writer.unknownTags(message.unknownTags);
}

export interface ZkMigrationStateRecord {
  zkMigrationState: number;
  unknownTags?: TaggedField[];
}

export function readZkMigrationStateRecord(reader: Reader, version: number): ZkMigrationStateRecord {
  reader.what = "ZkMigrationStateRecord";
  if (version !== 0) throw versionError("ZkMigrationStateRecord", version);
  const zkMigrationState: number = reader.int8();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ZkMigrationStateRecord = {
    zkMigrationState,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeZkMigrationStateRecord(writer: Writer, message: Draft<ZkMigrationStateRecord>, version: number): void {
  if (version !== 0) throw versionError("ZkMigrationStateRecord", version);
  const zkMigrationState = message.zkMigrationState;
  writer.int8(zkMigrationState ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface RemoveUserScramCredentialRecord {
  name: string;
  mechanism: number;
  unknownTags?: TaggedField[];
}

export function readRemoveUserScramCredentialRecord(reader: Reader, version: number): RemoveUserScramCredentialRecord {
  reader.what = "RemoveUserScramCredentialRecord";
  if (version !== 0) throw versionError("RemoveUserScramCredentialRecord", version);
  const name: string = reader.compactString();
  const mechanism: number = reader.int8();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: RemoveUserScramCredentialRecord = {
    name,
    mechanism,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeRemoveUserScramCredentialRecord(writer: Writer, message: Draft<RemoveUserScramCredentialRecord>, version: number): void {
  if (version !== 0) throw versionError("RemoveUserScramCredentialRecord", version);
  const name = message.name;
  writer.compactString(name ?? "");
  const mechanism = message.mechanism;
  writer.int8(mechanism ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface BeginTransactionRecord {
  name: string | null;
  unknownTags?: TaggedField[];
}

export function readBeginTransactionRecord(reader: Reader, version: number): BeginTransactionRecord {
  reader.what = "BeginTransactionRecord";
  if (version !== 0) throw versionError("BeginTransactionRecord", version);
  let name: string | null = null;
  let unknownTags: TaggedField[] | null = null;
  const tagCount = reader.uvarint();
  let tag = -1;
  for (let i = 0; i < tagCount; i++) {
    tag = reader.tag(tag);
    if (tag === 0) {
      const tagEnd = reader.beginTag();
      name = reader.compactNullableString();
      reader.endTag(tagEnd, "name");
    }
    else (unknownTags ??= []).push(reader.unknownTag(tag));
  }
  const message: BeginTransactionRecord = {
    name,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeBeginTransactionRecord(writer: Writer, message: Draft<BeginTransactionRecord>, version: number): void {
  if (version !== 0) throw versionError("BeginTransactionRecord", version);
  const name = message.name;
  const kept = message.unknownTags;
  let tagCount = kept === undefined ? 0 : kept.length;
  const hasName = name !== undefined && name !== null;
  if (hasName) tagCount++;
  writer.uvarint(tagCount);
  let keptAt = 0;
  if (hasName) {
    const mark = writer.beginTag(0);
    writer.compactNullableString(name ?? null);
    writer.endTag(mark);
  }
  if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
}

export interface EndTransactionRecord {
  unknownTags?: TaggedField[];
}

export function readEndTransactionRecord(reader: Reader, version: number): EndTransactionRecord {
  reader.what = "EndTransactionRecord";
  if (version !== 0) throw versionError("EndTransactionRecord", version);
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: EndTransactionRecord = {
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeEndTransactionRecord(writer: Writer, message: Draft<EndTransactionRecord>, version: number): void {
  if (version !== 0) throw versionError("EndTransactionRecord", version);
  writer.unknownTags(message.unknownTags);
}

export interface AbortTransactionRecord {
  reason: string | null;
  unknownTags?: TaggedField[];
}

export function readAbortTransactionRecord(reader: Reader, version: number): AbortTransactionRecord {
  reader.what = "AbortTransactionRecord";
  if (version !== 0) throw versionError("AbortTransactionRecord", version);
  let reason: string | null = null;
  let unknownTags: TaggedField[] | null = null;
  const tagCount = reader.uvarint();
  let tag = -1;
  for (let i = 0; i < tagCount; i++) {
    tag = reader.tag(tag);
    if (tag === 0) {
      const tagEnd = reader.beginTag();
      reason = reader.compactNullableString();
      reader.endTag(tagEnd, "reason");
    }
    else (unknownTags ??= []).push(reader.unknownTag(tag));
  }
  const message: AbortTransactionRecord = {
    reason,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeAbortTransactionRecord(writer: Writer, message: Draft<AbortTransactionRecord>, version: number): void {
  if (version !== 0) throw versionError("AbortTransactionRecord", version);
  const reason = message.reason;
  const kept = message.unknownTags;
  let tagCount = kept === undefined ? 0 : kept.length;
  const hasReason = reason !== undefined && reason !== null;
  if (hasReason) tagCount++;
  writer.uvarint(tagCount);
  let keptAt = 0;
  if (hasReason) {
    const mark = writer.beginTag(0);
    writer.compactNullableString(reason ?? null);
    writer.endTag(mark);
  }
  if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
}

export interface RemoveDelegationTokenRecord {
  tokenId: string;
  unknownTags?: TaggedField[];
}

export function readRemoveDelegationTokenRecord(reader: Reader, version: number): RemoveDelegationTokenRecord {
  reader.what = "RemoveDelegationTokenRecord";
  if (version !== 0) throw versionError("RemoveDelegationTokenRecord", version);
  const tokenId: string = reader.compactString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: RemoveDelegationTokenRecord = {
    tokenId,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeRemoveDelegationTokenRecord(writer: Writer, message: Draft<RemoveDelegationTokenRecord>, version: number): void {
  if (version !== 0) throw versionError("RemoveDelegationTokenRecord", version);
  const tokenId = message.tokenId;
  writer.compactString(tokenId ?? "");
  writer.unknownTags(message.unknownTags);
}

export interface RegisterControllerRecord {
  controllerId: number;
  incarnationId: Uuid;
  zkMigrationReady: boolean;
  endPoints: RegisterControllerRecordControllerEndpoint[];
  features: RegisterControllerRecordControllerFeature[];
  unknownTags?: TaggedField[];
}

export interface RegisterControllerRecordControllerEndpoint {
  name: string;
  host: string;
  port: number;
  securityProtocol: number;
  unknownTags?: TaggedField[];
}

export interface RegisterControllerRecordControllerFeature {
  name: string;
  minSupportedVersion: number;
  maxSupportedVersion: number;
  unknownTags?: TaggedField[];
}

export function readRegisterControllerRecord(reader: Reader, version: number): RegisterControllerRecord {
  reader.what = "RegisterControllerRecord";
  if (version !== 0) throw versionError("RegisterControllerRecord", version);
  const controllerId: number = reader.int32();
  const incarnationId: Uuid = reader.uuid();
  const zkMigrationReady: boolean = reader.bool();
  let endPoints: RegisterControllerRecordControllerEndpoint[];
  const endPointsLength = reader.compactArrayLength(7);
  if (endPointsLength < 0) throw reader.nullError("endPoints");
  {
    const list: RegisterControllerRecordControllerEndpoint[] = [];
    for (let i = 0; i < endPointsLength; i++) list.push(readRegisterControllerRecordControllerEndpoint(reader, version));
    endPoints = list;
  }
  let features: RegisterControllerRecordControllerFeature[];
  const featuresLength = reader.compactArrayLength(6);
  if (featuresLength < 0) throw reader.nullError("features");
  {
    const list: RegisterControllerRecordControllerFeature[] = [];
    for (let i = 0; i < featuresLength; i++) list.push(readRegisterControllerRecordControllerFeature(reader, version));
    features = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: RegisterControllerRecord = {
    controllerId,
    incarnationId,
    zkMigrationReady,
    endPoints,
    features,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeRegisterControllerRecord(writer: Writer, message: Draft<RegisterControllerRecord>, version: number): void {
  if (version !== 0) throw versionError("RegisterControllerRecord", version);
  const controllerId = message.controllerId;
  writer.int32(controllerId ?? 0);
  const incarnationId = message.incarnationId;
  writer.uuid(incarnationId ?? ZERO_UUID);
  const zkMigrationReady = message.zkMigrationReady;
  writer.bool(zkMigrationReady ?? false);
  const endPoints = message.endPoints;
  if (endPoints === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(endPoints.length);
    for (const item of endPoints) writeRegisterControllerRecordControllerEndpoint(writer, item, version);
  }
  const features = message.features;
  if (features === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(features.length);
    for (const item of features) writeRegisterControllerRecordControllerFeature(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readRegisterControllerRecordControllerEndpoint(reader: Reader, _version: number): RegisterControllerRecordControllerEndpoint {
  const name: string = reader.compactString();
  const host: string = reader.compactString();
  const port: number = reader.uint16();
  const securityProtocol: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: RegisterControllerRecordControllerEndpoint = {
    name,
    host,
    port,
    securityProtocol,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeRegisterControllerRecordControllerEndpoint(writer: Writer, message: Draft<RegisterControllerRecordControllerEndpoint>, _version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  const host = message.host;
  writer.compactString(host ?? "");
  const port = message.port;
  writer.uint16(port ?? 0);
  const securityProtocol = message.securityProtocol;
  writer.int16(securityProtocol ?? 0);
  writer.unknownTags(message.unknownTags);
}

function readRegisterControllerRecordControllerFeature(reader: Reader, _version: number): RegisterControllerRecordControllerFeature {
  const name: string = reader.compactString();
  const minSupportedVersion: number = reader.int16();
  const maxSupportedVersion: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: RegisterControllerRecordControllerFeature = {
    name,
    minSupportedVersion,
    maxSupportedVersion,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeRegisterControllerRecordControllerFeature(writer: Writer, message: Draft<RegisterControllerRecordControllerFeature>, _version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  const minSupportedVersion = message.minSupportedVersion;
  writer.int16(minSupportedVersion ?? 0);
  const maxSupportedVersion = message.maxSupportedVersion;
  writer.int16(maxSupportedVersion ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface ClearElrRecord {
  topicName: string;
  unknownTags?: TaggedField[];
}

export function readClearElrRecord(reader: Reader, version: number): ClearElrRecord {
  reader.what = "ClearElrRecord";
  if (version !== 0) throw versionError("ClearElrRecord", version);
  const topicName: string = reader.compactString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: ClearElrRecord = {
    topicName,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeClearElrRecord(writer: Writer, message: Draft<ClearElrRecord>, version: number): void {
  if (version !== 0) throw versionError("ClearElrRecord", version);
  const topicName = message.topicName;
  writer.compactString(topicName ?? "");
  writer.unknownTags(message.unknownTags);
}

