// Generated from the table in libs/protocol/schema by tools/protocol/generate.ts. Do not edit.
import { type Draft, versionError } from "../message";
import type { Reader } from "../reader";
import type { Writer } from "../writer";

export interface SaslHandshakeRequest {
  mechanism: string;
}

export function readSaslHandshakeRequest(reader: Reader, version: number): SaslHandshakeRequest {
  reader.what = "SaslHandshakeRequest";
  if (version < 0 || version > 1) throw versionError("SaslHandshakeRequest", version);
  const mechanism: string = reader.string();
  const message: SaslHandshakeRequest = {
    mechanism,
  };
  return message;
}

export function writeSaslHandshakeRequest(writer: Writer, message: Draft<SaslHandshakeRequest>, version: number): void {
  if (version < 0 || version > 1) throw versionError("SaslHandshakeRequest", version);
  const mechanism = message.mechanism;
  writer.string(mechanism ?? "");
}

export interface SaslHandshakeResponse {
  errorCode: number;
  mechanisms: string[];
}

export function readSaslHandshakeResponse(reader: Reader, version: number): SaslHandshakeResponse {
  reader.what = "SaslHandshakeResponse";
  if (version < 0 || version > 1) throw versionError("SaslHandshakeResponse", version);
  const errorCode: number = reader.int16();
  let mechanisms: string[];
  const mechanismsLength = reader.arrayLength(2);
  if (mechanismsLength < 0) throw reader.nullError("mechanisms");
  {
    const list: string[] = [];
    for (let i = 0; i < mechanismsLength; i++) list.push(reader.string());
    mechanisms = list;
  }
  const message: SaslHandshakeResponse = {
    errorCode,
    mechanisms,
  };
  return message;
}

export function writeSaslHandshakeResponse(writer: Writer, message: Draft<SaslHandshakeResponse>, version: number): void {
  if (version < 0 || version > 1) throw versionError("SaslHandshakeResponse", version);
  const errorCode = message.errorCode;
  writer.int16(errorCode ?? 0);
  const mechanisms = message.mechanisms;
  if (mechanisms === undefined) {
    writer.arrayLength(0);
  }
  else {
    writer.arrayLength(mechanisms.length);
    for (const item of mechanisms) {
      writer.string(item);
    }
  }
}

