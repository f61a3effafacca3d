// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Uuid, ZERO_UUID } from "@moldau/base";
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ControlRecordTypeSchema {
  type: number;
}

export function readControlRecordTypeSchema(reader: Reader, version: number): ControlRecordTypeSchema {
  reader.what = "ControlRecordTypeSchema";
  if (version !== 0) throw versionError("ControlRecordTypeSchema", version);
  const type: number = reader.int16();
  const message: ControlRecordTypeSchema = {
    type,
  };
  return message;
}

export function writeControlRecordTypeSchema(writer: Writer, message: Draft<ControlRecordTypeSchema>, version: number): void {
  if (version !== 0) throw versionError("ControlRecordTypeSchema", version);
  const type = message.type;
  writer.int16(type ?? 0);
}

export interface EndTxnMarker {
  coordinatorEpoch: number;
}

export function readEndTxnMarker(reader: Reader, version: number): EndTxnMarker {
  reader.what = "EndTxnMarker";
  if (version !== 0) throw versionError("EndTxnMarker", version);
  const coordinatorEpoch: number = reader.int32();
  const message: EndTxnMarker = {
    coordinatorEpoch,
  };
  return message;
}

export function writeEndTxnMarker(writer: Writer, message: Draft<EndTxnMarker>, version: number): void {
  if (version !== 0) throw versionError("EndTxnMarker", version);
  const coordinatorEpoch = message.coordinatorEpoch;
  writer.int32(coordinatorEpoch ?? 0);
}

export interface LeaderChangeMessage {
  version: number;
  leaderId: number;
  voters: LeaderChangeMessageVoter[];
  grantingVoters: LeaderChangeMessageVoter[];
  unknownTags?: TaggedField[];
}

export interface LeaderChangeMessageVoter {
  voterId: number;
  voterDirectoryId: Uuid;
  unknownTags?: TaggedField[];
}

export function readLeaderChangeMessage(reader: Reader, version: number): LeaderChangeMessage {
  reader.what = "LeaderChangeMessage";
  if (version < 0 || version > 1) throw versionError("LeaderChangeMessage", version);
  const version_: number = reader.int16();
  const leaderId: number = reader.int32();
  let voters: LeaderChangeMessageVoter[];
  const votersLength = reader.compactArrayLength(5);
  if (votersLength < 0) throw reader.nullError("voters");
  {
    const list: LeaderChangeMessageVoter[] = [];
    for (let i = 0; i < votersLength; i++) list.push(readLeaderChangeMessageVoter(reader, version));
    voters = list;
  }
  let grantingVoters: LeaderChangeMessageVoter[];
  const grantingVotersLength = reader.compactArrayLength(5);
  if (grantingVotersLength < 0) throw reader.nullError("grantingVoters");
  {
    const list: LeaderChangeMessageVoter[] = [];
    for (let i = 0; i < grantingVotersLength; i++) list.push(readLeaderChangeMessageVoter(reader, version));
    grantingVoters = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: LeaderChangeMessage = {
    version: version_,
    leaderId,
    voters,
    grantingVoters,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeLeaderChangeMessage(writer: Writer, message: Draft<LeaderChangeMessage>, version: number): void {
  if (version < 0 || version > 1) throw versionError("LeaderChangeMessage", version);
  const version_ = message.version;
  writer.int16(version_ ?? 0);
  const leaderId = message.leaderId;
  writer.int32(leaderId ?? 0);
  const voters = message.voters;
  if (voters === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(voters.length);
    for (const item of voters) writeLeaderChangeMessageVoter(writer, item, version);
  }
  const grantingVoters = message.grantingVoters;
  if (grantingVoters === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(grantingVoters.length);
    for (const item of grantingVoters) writeLeaderChangeMessageVoter(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readLeaderChangeMessageVoter(reader: Reader, version: number): LeaderChangeMessageVoter {
  const voterId: number = reader.int32();
  const voterDirectoryId: Uuid = version >= 1 ? reader.uuid() : ZERO_UUID;
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: LeaderChangeMessageVoter = {
    voterId,
    voterDirectoryId,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeLeaderChangeMessageVoter(writer: Writer, message: Draft<LeaderChangeMessageVoter>, version: number): void {
  const voterId = message.voterId;
  writer.int32(voterId ?? 0);
  const voterDirectoryId = message.voterDirectoryId;
  if (version >= 1) {
    writer.uuid(voterDirectoryId ?? ZERO_UUID);
  }
  if (!(version >= 1) && voterDirectoryId !== undefined && voterDirectoryId !== ZERO_UUID) throw notInVersion("LeaderChangeMessageVoter.voterDirectoryId", version);
  writer.unknownTags(message.unknownTags);
}

export interface SnapshotHeaderRecord {
  version: number;
  lastContainedLogTimestamp: number;
  unknownTags?: TaggedField[];
}

export function readSnapshotHeaderRecord(reader: Reader, version: number): SnapshotHeaderRecord {
  reader.what = "SnapshotHeaderRecord";
  if (version !== 0) throw versionError("SnapshotHeaderRecord", version);
  const version_: number = reader.int16();
  const lastContainedLogTimestamp: number = reader.int64();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: SnapshotHeaderRecord = {
    version: version_,
    lastContainedLogTimestamp,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeSnapshotHeaderRecord(writer: Writer, message: Draft<SnapshotHeaderRecord>, version: number): void {
  if (version !== 0) throw versionError("SnapshotHeaderRecord", version);
  const version_ = message.version;
  writer.int16(version_ ?? 0);
  const lastContainedLogTimestamp = message.lastContainedLogTimestamp;
  writer.int64(lastContainedLogTimestamp ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface SnapshotFooterRecord {
  version: number;
  unknownTags?: TaggedField[];
}

export function readSnapshotFooterRecord(reader: Reader, version: number): SnapshotFooterRecord {
  reader.what = "SnapshotFooterRecord";
  if (version !== 0) throw versionError("SnapshotFooterRecord", version);
  const version_: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: SnapshotFooterRecord = {
    version: version_,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeSnapshotFooterRecord(writer: Writer, message: Draft<SnapshotFooterRecord>, version: number): void {
  if (version !== 0) throw versionError("SnapshotFooterRecord", version);
  const version_ = message.version;
  writer.int16(version_ ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface KRaftVersionRecord {
  version: number;
  kRaftVersion: number;
  unknownTags?: TaggedField[];
}

export function readKRaftVersionRecord(reader: Reader, version: number): KRaftVersionRecord {
  reader.what = "KRaftVersionRecord";
  if (version !== 0) throw versionError("KRaftVersionRecord", version);
  const version_: number = reader.int16();
  const kRaftVersion: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: KRaftVersionRecord = {
    version: version_,
    kRaftVersion,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeKRaftVersionRecord(writer: Writer, message: Draft<KRaftVersionRecord>, version: number): void {
  if (version !== 0) throw versionError("KRaftVersionRecord", version);
  const version_ = message.version;
  writer.int16(version_ ?? 0);
  const kRaftVersion = message.kRaftVersion;
  writer.int16(kRaftVersion ?? 0);
  writer.unknownTags(message.unknownTags);
}

export interface VotersRecord {
  version: number;
  voters: VotersRecordVoter[];
  unknownTags?: TaggedField[];
}

export interface VotersRecordVoter {
  voterId: number;
  voterDirectoryId: Uuid;
  endpoints: VotersRecordEndpoint[];
  kRaftVersionFeature: VotersRecordKRaftVersionFeature;
  unknownTags?: TaggedField[];
}

export interface VotersRecordEndpoint {
  name: string;
  host: string;
  port: number;
  unknownTags?: TaggedField[];
}

export interface VotersRecordKRaftVersionFeature {
  minSupportedVersion: number;
  maxSupportedVersion: number;
  unknownTags?: TaggedField[];
}

export function readVotersRecord(reader: Reader, version: number): VotersRecord {
  reader.what = "VotersRecord";
  if (version !== 0) throw versionError("VotersRecord", version);
  const version_: number = reader.int16();
  let voters: VotersRecordVoter[];
  const votersLength = reader.compactArrayLength(27);
  if (votersLength < 0) throw reader.nullError("voters");
  {
    const list: VotersRecordVoter[] = [];
    for (let i = 0; i < votersLength; i++) list.push(readVotersRecordVoter(reader, version));
    voters = list;
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: VotersRecord = {
    version: version_,
    voters,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeVotersRecord(writer: Writer, message: Draft<VotersRecord>, version: number): void {
  if (version !== 0) throw versionError("VotersRecord", version);
  const version_ = message.version;
  writer.int16(version_ ?? 0);
  const voters = message.voters;
  if (voters === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(voters.length);
    for (const item of voters) writeVotersRecordVoter(writer, item, version);
  }
  writer.unknownTags(message.unknownTags);
}

function readVotersRecordVoter(reader: Reader, version: number): VotersRecordVoter {
  const voterId: number = reader.int32();
  const voterDirectoryId: Uuid = reader.uuid();
  let endpoints: VotersRecordEndpoint[];
  const endpointsLength = reader.compactArrayLength(5);
  if (endpointsLength < 0) throw reader.nullError("endpoints");
  {
    const list: VotersRecordEndpoint[] = [];
    for (let i = 0; i < endpointsLength; i++) list.push(readVotersRecordEndpoint(reader, version));
    endpoints = list;
  }
  const kRaftVersionFeature: VotersRecordKRaftVersionFeature = readVotersRecordKRaftVersionFeature(reader, version);
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: VotersRecordVoter = {
    voterId,
    voterDirectoryId,
    endpoints,
    kRaftVersionFeature,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeVotersRecordVoter(writer: Writer, message: Draft<VotersRecordVoter>, version: number): void {
  const voterId = message.voterId;
  writer.int32(voterId ?? 0);
  const voterDirectoryId = message.voterDirectoryId;
  writer.uuid(voterDirectoryId ?? ZERO_UUID);
  const endpoints = message.endpoints;
  if (endpoints === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(endpoints.length);
    for (const item of endpoints) writeVotersRecordEndpoint(writer, item, version);
  }
  const kRaftVersionFeature = message.kRaftVersionFeature;
  writeVotersRecordKRaftVersionFeature(writer, kRaftVersionFeature ?? {}, version);
  writer.unknownTags(message.unknownTags);
}

function readVotersRecordEndpoint(reader: Reader, _version: number): VotersRecordEndpoint {
  const name: string = reader.compactString();
  const host: string = reader.compactString();
  const port: number = reader.uint16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: VotersRecordEndpoint = {
    name,
    host,
    port,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeVotersRecordEndpoint(writer: Writer, message: Draft<VotersRecordEndpoint>, _version: number): void {
  const name = message.name;
  writer.compactString(name ?? "");
  const host = message.host;
  writer.compactString(host ?? "");
  const port = message.port;
  writer.uint16(port ?? 0);
  writer.unknownTags(message.unknownTags);
}

function readVotersRecordKRaftVersionFeature(reader: Reader, _version: number): VotersRecordKRaftVersionFeature {
  const minSupportedVersion: number = reader.int16();
  const maxSupportedVersion: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: VotersRecordKRaftVersionFeature = {
    minSupportedVersion,
    maxSupportedVersion,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeVotersRecordKRaftVersionFeature(writer: Writer, message: Draft<VotersRecordKRaftVersionFeature>, _version: number): void {
  const minSupportedVersion = message.minSupportedVersion;
  writer.int16(minSupportedVersion ?? 0);
  const maxSupportedVersion = message.maxSupportedVersion;
  writer.int16(maxSupportedVersion ?? 0);
  writer.unknownTags(message.unknownTags);
}

