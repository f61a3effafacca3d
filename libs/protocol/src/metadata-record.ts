/**
 * Records of the metadata log. Each is framed as frame version, type and version (unsigned varints), then the fields.
 * Source: org.apache.kafka.server.common.serialization.MetadataParser and AbstractApiMessageSerde.
 */
import { MetadataRecordType, type MetadataRecordValues, metadataRecordCodecs } from "./generated/record-tables";
import type { Draft } from "./message";
import { ProtocolError } from "./protocol-error";
import { Reader } from "./reader";
import { Writer } from "./writer";

/** The only frame version that exists. */
const FRAME_VERSION = 1;

export type MetadataRecordName = keyof MetadataRecordValues;

/** A record of the metadata log; `name` tells the type of `value`. */
export type MetadataRecord = {
  [N in MetadataRecordName]: { apiKey: number; version: number; name: N; value: MetadataRecordValues[N] };
}[MetadataRecordName];

/** Reads one framed record; byte fields are views. Throws ProtocolError for what this build does not know. */
export function readMetadataRecord(bytes: Uint8Array): MetadataRecord {
  const reader = new Reader(bytes);
  reader.what = "metadata record";
  const frame = reader.uvarint();
  if (frame !== FRAME_VERSION) throw reader.error(`frame version ${frame}`);
  const apiKey = reader.uvarint();
  const version = reader.uvarint();
  const codec = metadataRecordCodecs.get(apiKey);
  if (codec === undefined) throw reader.error(`unknown type ${apiKey}`);
  const value = codec.read(reader, version);
  if (reader.remaining > 0) throw reader.error(`${reader.remaining} bytes too many`);
  return { apiKey, version, name: codec.name, value } as MetadataRecord;
}

/** One framed record; `version` defaults to the newest this build knows. */
export function writeMetadataRecord<N extends MetadataRecordName>(
  name: N,
  value: Draft<MetadataRecordValues[N]>,
  version?: number,
): Uint8Array {
  const apiKey = MetadataRecordType[name];
  const codec = metadataRecordCodecs.get(apiKey);
  if (codec === undefined) throw new ProtocolError(`unknown metadata record ${name}`);
  const chosen = version ?? codec.versions.max;
  const writer = new Writer(128);
  writer.uvarint(FRAME_VERSION);
  writer.uvarint(apiKey);
  writer.uvarint(chosen);
  codec.write(writer, value, chosen);
  return writer.toBytes();
}
