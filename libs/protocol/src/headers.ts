import { ApiKey, apis } from "./generated/apis";
import { ProtocolError } from "./protocol-error";
import type { Reader, TaggedField } from "./reader";
import type { Writer } from "./writer";

/** What comes before every request. */
export interface RequestHeader {
  apiKey: number;
  apiVersion: number;
  correlationId: number;
  clientId: string | null;
  unknownTags?: TaggedField[];
}

/** What comes before every response. */
export interface ResponseHeader {
  correlationId: number;
  unknownTags?: TaggedField[];
}

/**
 * Header version of a request: 2 from the API's first flexible version on, else 1. Throws ProtocolError for an API that
 * the table does not have. A version beyond the table's is taken for flexible: that is how an ApiVersions request of the
 * future can still be answered.
 */
export function requestHeaderVersion(apiKey: number, apiVersion: number): 1 | 2 {
  return apiVersion >= flexibleFrom(apiKey) ? 2 : 1;
}

/** Header version of a response: 1 for flexible versions; always 0 for ApiVersions (KIP-511). */
export function responseHeaderVersion(apiKey: number, apiVersion: number): 0 | 1 {
  return apiKey !== ApiKey.ApiVersions && apiVersion >= flexibleFrom(apiKey) ? 1 : 0;
}

function flexibleFrom(apiKey: number): number {
  const api = apis.get(apiKey);
  if (api === undefined) throw new ProtocolError(`unknown API ${apiKey}`);
  return api.flexibleFrom;
}

/** Reads the header in the version its first two fields call for; the reader then stands at the request's body. */
export function readRequestHeader(reader: Reader): RequestHeader {
  reader.what = "RequestHeader";
  const apiKey = reader.int16();
  const apiVersion = reader.int16();
  const correlationId = reader.int32();
  // Not compact in any version, so that a broker can read it whatever the client's version.
  const clientId = reader.nullableString();
  const header: RequestHeader = { apiKey, apiVersion, correlationId, clientId };
  if (requestHeaderVersion(apiKey, apiVersion) === 2) {
    const unknownTags = reader.unknownTags();
    if (unknownTags !== null) header.unknownTags = unknownTags;
  }
  return header;
}

/** Writes the header in the version that suits its API and version. */
export function writeRequestHeader(writer: Writer, header: RequestHeader): void {
  writer.int16(header.apiKey);
  writer.int16(header.apiVersion);
  writer.int32(header.correlationId);
  writer.nullableString(header.clientId);
  if (requestHeaderVersion(header.apiKey, header.apiVersion) === 2) writer.unknownTags(header.unknownTags);
}

/** Reads the header of the response to a request of this API and version. */
export function readResponseHeader(reader: Reader, apiKey: number, apiVersion: number): ResponseHeader {
  reader.what = "ResponseHeader";
  const header: ResponseHeader = { correlationId: reader.int32() };
  if (responseHeaderVersion(apiKey, apiVersion) === 1) {
    const unknownTags = reader.unknownTags();
    if (unknownTags !== null) header.unknownTags = unknownTags;
  }
  return header;
}

/** Writes the header of the response to a request of this API and version. */
export function writeResponseHeader(writer: Writer, apiKey: number, apiVersion: number, header: ResponseHeader): void {
  writer.int32(header.correlationId);
  if (responseHeaderVersion(apiKey, apiVersion) === 1) writer.unknownTags(header.unknownTags);
}
