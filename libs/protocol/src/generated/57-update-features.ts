// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface UpdateFeaturesRequest {
  timeoutMs: number;
  featureUpdates: UpdateFeaturesRequestFeatureUpdateKey[];
  validateOnly: boolean;
  unknownTags?: TaggedField[];
}

export interface UpdateFeaturesRequestFeatureUpdateKey {
  feature: string;
  maxVersionLevel: number;
  allowDowngrade: boolean;
  upgradeType: number;
  unknownTags?: TaggedField[];
}

export function readUpdateFeaturesRequest(reader: Reader, version: number): UpdateFeaturesRequest {
  reader.what = "UpdateFeaturesRequest";
  if (version < 0 || version > 2) throw versionError("UpdateFeaturesRequest", version);
  const timeoutMs: number = reader.int32();
  let featureUpdates: UpdateFeaturesRequestFeatureUpdateKey[];
  const featureUpdatesLength = reader.compactArrayLength(4);
  if (featureUpdatesLength < 0) throw reader.nullError("featureUpdates");
  {
    const list: UpdateFeaturesRequestFeatureUpdateKey[] = [];
    for (let i = 0; i < featureUpdatesLength; i++) list.push(readUpdateFeaturesRequestFeatureUpdateKey(reader, version));
    featureUpdates = list;
  }
  const validateOnly: boolean = version >= 1 ? reader.bool() : false;
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: UpdateFeaturesRequest = {
    timeoutMs,
    featureUpdates,
    validateOnly,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeUpdateFeaturesRequest(writer: Writer, message: Draft<UpdateFeaturesRequest>, version: number): void {
  if (version < 0 || version > 2) throw versionError("UpdateFeaturesRequest", version);
  const timeoutMs = message.timeoutMs;
  writer.int32(timeoutMs ?? 60000);
  const featureUpdates = message.featureUpdates;
  if (featureUpdates === undefined) {
    writer.compactLength(0);
  }
  else {
    writer.compactLength(featureUpdates.length);
    for (const item of featureUpdates) writeUpdateFeaturesRequestFeatureUpdateKey(writer, item, version);
  }
  const validateOnly = message.validateOnly;
  if (version >= 1) {
    writer.bool(validateOnly ?? false);
  }
  if (!(version >= 1) && validateOnly !== undefined && validateOnly !== false) throw notInVersion("UpdateFeaturesRequest.validateOnly", version);
  writer.unknownTags(message.unknownTags);
}

function readUpdateFeaturesRequestFeatureUpdateKey(reader: Reader, version: number): UpdateFeaturesRequestFeatureUpdateKey {
  const feature: string = reader.compactString();
  const maxVersionLevel: number = reader.int16();
  const allowDowngrade: boolean = version <= 0 ? reader.bool() : false;
  const upgradeType: number = version >= 1 ? reader.int8() : 1;
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: UpdateFeaturesRequestFeatureUpdateKey = {
    feature,
    maxVersionLevel,
    allowDowngrade,
    upgradeType,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeUpdateFeaturesRequestFeatureUpdateKey(writer: Writer, message: Draft<UpdateFeaturesRequestFeatureUpdateKey>, version: number): void {
  const feature = message.feature;
  writer.compactString(feature ?? "");
  const maxVersionLevel = message.maxVersionLevel;
  writer.int16(maxVersionLevel ?? 0);
  const allowDowngrade = message.allowDowngrade;
  if (version <= 0) {
    writer.bool(allowDowngrade ?? false);
  }
  if (!(version <= 0) && allowDowngrade !== undefined && allowDowngrade !== false) throw notInVersion("UpdateFeaturesRequestFeatureUpdateKey.allowDowngrade", version);
  const upgradeType = message.upgradeType;
  if (version >= 1) {
    writer.int8(upgradeType ?? 1);
  }
  if (!(version >= 1) && upgradeType !== undefined && upgradeType !== 1) throw notInVersion("UpdateFeaturesRequestFeatureUpdateKey.upgradeType", version);
  writer.unknownTags(message.unknownTags);
}

export interface UpdateFeaturesResponse {
  throttleTimeMs: number;
  errorCode: number;
  errorMessage: string | null;
  results: UpdateFeaturesResponseUpdatableFeatureResult[];
  unknownTags?: TaggedField[];
}

export interface UpdateFeaturesResponseUpdatableFeatureResult {
  feature: string;
  errorCode: number;
  errorMessage: string | null;
  unknownTags?: TaggedField[];
}

export function readUpdateFeaturesResponse(reader: Reader, version: number): UpdateFeaturesResponse {
  reader.what = "UpdateFeaturesResponse";
  if (version < 0 || version > 2) throw versionError("UpdateFeaturesResponse", version);
  const throttleTimeMs: number = reader.int32();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let results: UpdateFeaturesResponseUpdatableFeatureResult[] = [];
  if (version <= 1) {
    const resultsLength = reader.compactArrayLength(5);
    if (resultsLength < 0) throw reader.nullError("results");
    {
      const list: UpdateFeaturesResponseUpdatableFeatureResult[] = [];
      for (let i = 0; i < resultsLength; i++) list.push(readUpdateFeaturesResponseUpdatableFeatureResult(reader, version));
      results = list;
    }
  }
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: UpdateFeaturesResponse = {
    throttleTimeMs,
    errorCode,
    errorMessage,
    results,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeUpdateFeaturesResponse(writer: Writer, message: Draft<UpdateFeaturesResponse>, version: number): void {
  if (version < 0 || version > 2) throw versionError("UpdateFeaturesResponse", version);
  const throttleTimeMs = message.throttleTimeMs;
  writer.int32(throttleTimeMs ?? 0);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  const results = message.results;
  if (version <= 1) {
    if (results === undefined) {
      writer.compactLength(0);
    }
    else {
      writer.compactLength(results.length);
      for (const item of results) writeUpdateFeaturesResponseUpdatableFeatureResult(writer, item, version);
    }
  }
  writer.unknownTags(message.unknownTags);
}

function readUpdateFeaturesResponseUpdatableFeatureResult(reader: Reader, _version: number): UpdateFeaturesResponseUpdatableFeatureResult {
  const feature: string = reader.compactString();
  const errorCode: number = reader.int16();
  const errorMessage: string | null = reader.compactNullableString();
  let unknownTags: TaggedField[] | null = null;
  unknownTags = reader.unknownTags();
  const message: UpdateFeaturesResponseUpdatableFeatureResult = {
    feature,
    errorCode,
    errorMessage,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeUpdateFeaturesResponseUpdatableFeatureResult(writer: Writer, message: Draft<UpdateFeaturesResponseUpdatableFeatureResult>, _version: number): void {
  const feature = message.feature;
  writer.compactString(feature ?? "");
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const errorMessage = message.errorMessage;
  writer.compactNullableString(errorMessage === undefined ? "" : errorMessage);
  writer.unknownTags(message.unknownTags);
}

