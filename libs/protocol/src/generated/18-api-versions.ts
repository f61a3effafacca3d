// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, notInVersion, versionError } from "../message";
import type { Reader, TaggedField } from "../reader";
import type { Writer } from "../writer";

export interface ApiVersionsRequest {
  clientSoftwareName: string;
  clientSoftwareVersion: string;
  unknownTags?: TaggedField[];
}

export function readApiVersionsRequest(reader: Reader, version: number): ApiVersionsRequest {
  reader.what = "ApiVersionsRequest";
  if (version < 0 || version > 4) throw versionError("ApiVersionsRequest", version);
  const flexible = version >= 3;
  const clientSoftwareName: string = version >= 3 ? (flexible ? reader.compactString() : reader.string()) : "";
  const clientSoftwareVersion: string = version >= 3 ? (flexible ? reader.compactString() : reader.string()) : "";
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ApiVersionsRequest = {
    clientSoftwareName,
    clientSoftwareVersion,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeApiVersionsRequest(writer: Writer, message: Draft<ApiVersionsRequest>, version: number): void {
  if (version < 0 || version > 4) throw versionError("ApiVersionsRequest", version);
  const flexible = version >= 3;
  const clientSoftwareName = message.clientSoftwareName;
  if (version >= 3) {
    if (flexible) writer.compactString(clientSoftwareName ?? "");
    else writer.string(clientSoftwareName ?? "");
  }
  const clientSoftwareVersion = message.clientSoftwareVersion;
  if (version >= 3) {
    if (flexible) writer.compactString(clientSoftwareVersion ?? "");
    else writer.string(clientSoftwareVersion ?? "");
  }
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ApiVersionsRequest.unknownTags", version);
}

export interface ApiVersionsResponse {
  errorCode: number;
  apiKeys: ApiVersionsResponseApiVersion[];
  throttleTimeMs: number;
  supportedFeatures: ApiVersionsResponseSupportedFeatureKey[];
  finalizedFeaturesEpoch: number;
  finalizedFeatures: ApiVersionsResponseFinalizedFeatureKey[];
  zkMigrationReady: boolean;
  unknownTags?: TaggedField[];
}

export interface ApiVersionsResponseApiVersion {
  apiKey: number;
  minVersion: number;
  maxVersion: number;
  unknownTags?: TaggedField[];
}

export interface ApiVersionsResponseSupportedFeatureKey {
  name: string;
  minVersion: number;
  maxVersion: number;
  unknownTags?: TaggedField[];
}

export interface ApiVersionsResponseFinalizedFeatureKey {
  name: string;
  maxVersionLevel: number;
  minVersionLevel: number;
  unknownTags?: TaggedField[];
}

export function readApiVersionsResponse(reader: Reader, version: number): ApiVersionsResponse {
  reader.what = "ApiVersionsResponse";
  if (version < 0 || version > 4) throw versionError("ApiVersionsResponse", version);
  const flexible = version >= 3;
  const errorCode: number = reader.int16();
  let apiKeys: ApiVersionsResponseApiVersion[];
  const apiKeysLength = flexible ? reader.compactArrayLength(6) : reader.arrayLength(6);
  if (apiKeysLength < 0) throw reader.nullError("apiKeys");
  {
    const list: ApiVersionsResponseApiVersion[] = [];
    for (let i = 0; i < apiKeysLength; i++) list.push(readApiVersionsResponseApiVersion(reader, version));
    apiKeys = list;
  }
  const throttleTimeMs: number = version >= 1 ? reader.int32() : 0;
  let supportedFeatures: ApiVersionsResponseSupportedFeatureKey[] = [];
  let finalizedFeaturesEpoch: number = -1;
  let finalizedFeatures: ApiVersionsResponseFinalizedFeatureKey[] = [];
  let zkMigrationReady: boolean = false;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    const tagCount = reader.uvarint();
    let tag = -1;
    for (let i = 0; i < tagCount; i++) {
      tag = reader.tag(tag);
      if (tag === 0) {
        const tagEnd = reader.beginTag();
        const supportedFeaturesLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
        if (supportedFeaturesLength < 0) throw reader.nullError("supportedFeatures");
        {
          const list: ApiVersionsResponseSupportedFeatureKey[] = [];
          for (let i = 0; i < supportedFeaturesLength; i++) list.push(readApiVersionsResponseSupportedFeatureKey(reader, version));
          supportedFeatures = list;
        }
        reader.endTag(tagEnd, "supportedFeatures");
      }
      else if (tag === 1) {
        const tagEnd = reader.beginTag();
        finalizedFeaturesEpoch = reader.int64();
        reader.endTag(tagEnd, "finalizedFeaturesEpoch");
      }
      else if (tag === 2) {
        const tagEnd = reader.beginTag();
        const finalizedFeaturesLength = flexible ? reader.compactArrayLength(1) : reader.arrayLength(1);
        if (finalizedFeaturesLength < 0) throw reader.nullError("finalizedFeatures");
        {
          const list: ApiVersionsResponseFinalizedFeatureKey[] = [];
          for (let i = 0; i < finalizedFeaturesLength; i++) list.push(readApiVersionsResponseFinalizedFeatureKey(reader, version));
          finalizedFeatures = list;
        }
        reader.endTag(tagEnd, "finalizedFeatures");
      }
      else if (tag === 3) {
        const tagEnd = reader.beginTag();
        zkMigrationReady = reader.bool();
        reader.endTag(tagEnd, "zkMigrationReady");
      }
      else (unknownTags ??= []).push(reader.unknownTag(tag));
    }
  }
  const message: ApiVersionsResponse = {
    errorCode,
    apiKeys,
    throttleTimeMs,
    supportedFeatures,
    finalizedFeaturesEpoch,
    finalizedFeatures,
    zkMigrationReady,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

export function writeApiVersionsResponse(writer: Writer, message: Draft<ApiVersionsResponse>, version: number): void {
  if (version < 0 || version > 4) throw versionError("ApiVersionsResponse", version);
  const flexible = version >= 3;
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const apiKeys = message.apiKeys;
  if (apiKeys === undefined) {
    if (flexible) writer.compactLength(0);
    else writer.arrayLength(0);
  }
  else {
    if (flexible) writer.compactLength(apiKeys.length);
    else writer.arrayLength(apiKeys.length);
    for (const item of apiKeys) writeApiVersionsResponseApiVersion(writer, item, version);
  }
  const throttleTimeMs = message.throttleTimeMs;
  if (version >= 1) {
    writer.int32(throttleTimeMs ?? 0);
  }
  const supportedFeatures = message.supportedFeatures;
  const finalizedFeaturesEpoch = message.finalizedFeaturesEpoch;
  const finalizedFeatures = message.finalizedFeatures;
  const zkMigrationReady = message.zkMigrationReady;
  if (flexible) {
    const kept = message.unknownTags;
    let tagCount = kept === undefined ? 0 : kept.length;
    const hasSupportedFeatures = supportedFeatures !== undefined && supportedFeatures.length > 0;
    if (hasSupportedFeatures) tagCount++;
    const hasFinalizedFeaturesEpoch = finalizedFeaturesEpoch !== undefined && finalizedFeaturesEpoch !== -1;
    if (hasFinalizedFeaturesEpoch) tagCount++;
    const hasFinalizedFeatures = finalizedFeatures !== undefined && finalizedFeatures.length > 0;
    if (hasFinalizedFeatures) tagCount++;
    const hasZkMigrationReady = zkMigrationReady !== undefined && zkMigrationReady !== false;
    if (hasZkMigrationReady) tagCount++;
    writer.uvarint(tagCount);
    let keptAt = 0;
    if (hasSupportedFeatures) {
      const mark = writer.beginTag(0);
      if (supportedFeatures === undefined) {
        if (flexible) writer.compactLength(0);
        else writer.arrayLength(0);
      }
      else {
        if (flexible) writer.compactLength(supportedFeatures.length);
        else writer.arrayLength(supportedFeatures.length);
        for (const item of supportedFeatures) writeApiVersionsResponseSupportedFeatureKey(writer, item, version);
      }
      writer.endTag(mark);
    }
    if (hasFinalizedFeaturesEpoch) {
      if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 1);
      const mark = writer.beginTag(1);
      writer.int64(finalizedFeaturesEpoch ?? -1);
      writer.endTag(mark);
    }
    if (hasFinalizedFeatures) {
      if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 2);
      const mark = writer.beginTag(2);
      if (finalizedFeatures === undefined) {
        if (flexible) writer.compactLength(0);
        else writer.arrayLength(0);
      }
      else {
        if (flexible) writer.compactLength(finalizedFeatures.length);
        else writer.arrayLength(finalizedFeatures.length);
        for (const item of finalizedFeatures) writeApiVersionsResponseFinalizedFeatureKey(writer, item, version);
      }
      writer.endTag(mark);
    }
    if (hasZkMigrationReady) {
      if (kept !== undefined) keptAt = writer.unknownTagsBelow(kept, keptAt, 3);
      const mark = writer.beginTag(3);
      writer.bool(zkMigrationReady ?? false);
      writer.endTag(mark);
    }
    if (kept !== undefined) writer.unknownTagsBelow(kept, keptAt, Infinity);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ApiVersionsResponse.unknownTags", version);
}

function readApiVersionsResponseApiVersion(reader: Reader, version: number): ApiVersionsResponseApiVersion {
  const flexible = version >= 3;
  const apiKey: number = reader.int16();
  const minVersion: number = reader.int16();
  const maxVersion: number = reader.int16();
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ApiVersionsResponseApiVersion = {
    apiKey,
    minVersion,
    maxVersion,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeApiVersionsResponseApiVersion(writer: Writer, message: Draft<ApiVersionsResponseApiVersion>, version: number): void {
  const flexible = version >= 3;
  const apiKey = message.apiKey;
  writer.int16(apiKey ?? 0);
  const minVersion = message.minVersion;
  writer.int16(minVersion ?? 0);
  const maxVersion = message.maxVersion;
  writer.int16(maxVersion ?? 0);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ApiVersionsResponseApiVersion.unknownTags", version);
}

function readApiVersionsResponseSupportedFeatureKey(reader: Reader, version: number): ApiVersionsResponseSupportedFeatureKey {
  const flexible = version >= 3;
  const name: string = version >= 3 ? (flexible ? reader.compactString() : reader.string()) : "";
  const minVersion: number = version >= 3 ? reader.int16() : 0;
  const maxVersion: number = version >= 3 ? reader.int16() : 0;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ApiVersionsResponseSupportedFeatureKey = {
    name,
    minVersion,
    maxVersion,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeApiVersionsResponseSupportedFeatureKey(writer: Writer, message: Draft<ApiVersionsResponseSupportedFeatureKey>, version: number): void {
  const flexible = version >= 3;
  const name = message.name;
  if (version >= 3) {
    if (flexible) writer.compactString(name ?? "");
    else writer.string(name ?? "");
  }
  if (!(version >= 3) && name !== undefined && name !== "") throw notInVersion("ApiVersionsResponseSupportedFeatureKey.name", version);
  const minVersion = message.minVersion;
  if (version >= 3) {
    writer.int16(minVersion ?? 0);
  }
  if (!(version >= 3) && minVersion !== undefined && minVersion !== 0) throw notInVersion("ApiVersionsResponseSupportedFeatureKey.minVersion", version);
  const maxVersion = message.maxVersion;
  if (version >= 3) {
    writer.int16(maxVersion ?? 0);
  }
  if (!(version >= 3) && maxVersion !== undefined && maxVersion !== 0) throw notInVersion("ApiVersionsResponseSupportedFeatureKey.maxVersion", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ApiVersionsResponseSupportedFeatureKey.unknownTags", version);
}

function readApiVersionsResponseFinalizedFeatureKey(reader: Reader, version: number): ApiVersionsResponseFinalizedFeatureKey {
  const flexible = version >= 3;
  const name: string = version >= 3 ? (flexible ? reader.compactString() : reader.string()) : "";
  const maxVersionLevel: number = version >= 3 ? reader.int16() : 0;
  const minVersionLevel: number = version >= 3 ? reader.int16() : 0;
  let unknownTags: TaggedField[] | null = null;
  if (flexible) {
    unknownTags = reader.unknownTags();
  }
  const message: ApiVersionsResponseFinalizedFeatureKey = {
    name,
    maxVersionLevel,
    minVersionLevel,
  };
  if (unknownTags !== null) message.unknownTags = unknownTags;
  return message;
}

function writeApiVersionsResponseFinalizedFeatureKey(writer: Writer, message: Draft<ApiVersionsResponseFinalizedFeatureKey>, version: number): void {
  const flexible = version >= 3;
  const name = message.name;
  if (version >= 3) {
    if (flexible) writer.compactString(name ?? "");
    else writer.string(name ?? "");
  }
  if (!(version >= 3) && name !== undefined && name !== "") throw notInVersion("ApiVersionsResponseFinalizedFeatureKey.name", version);
  const maxVersionLevel = message.maxVersionLevel;
  if (version >= 3) {
    writer.int16(maxVersionLevel ?? 0);
  }
  if (!(version >= 3) && maxVersionLevel !== undefined && maxVersionLevel !== 0) throw notInVersion("ApiVersionsResponseFinalizedFeatureKey.maxVersionLevel", version);
  const minVersionLevel = message.minVersionLevel;
  if (version >= 3) {
    writer.int16(minVersionLevel ?? 0);
  }
  if (!(version >= 3) && minVersionLevel !== undefined && minVersionLevel !== 0) throw notInVersion("ApiVersionsResponseFinalizedFeatureKey.minVersionLevel", version);
  if (flexible) {
    writer.unknownTags(message.unknownTags);
  }
  else if (message.unknownTags !== undefined && message.unknownTags.length > 0) throw notInVersion("ApiVersionsResponseFinalizedFeatureKey.unknownTags", version);
}

