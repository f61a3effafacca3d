// A request of one version as bytes, from a draft that may have more fields than that version.
import { apis, ProtocolError, Writer, writeRequestHeader } from "@moldau/protocol";

export const clientId = "differential";
const tooNew = /^\w+(?:\.\w+)*\.(\w+) is not supported in version \d+$/;

/** `value` without any field of this name, at any depth. */
export function without(value: unknown, field: string): unknown {
  if (Array.isArray(value)) return value.map((each) => without(each, field));
  if (value === null || typeof value !== "object" || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== field)
      .map(([name, each]) => [name, without(each, field)]),
  );
}

/**
 * Header and body. Fields that the version does not have are left out; undefined where the version cannot say it at all
 * (null in a field that was not nullable then).
 */
export function requestBytes(
  key: number,
  version: number,
  body: object,
  correlationId: number,
): Uint8Array | undefined {
  const api = apis.get(key)!;
  let draft = body;
  for (;;) {
    try {
      const writer = new Writer();
      writeRequestHeader(writer, { apiKey: key, apiVersion: version, correlationId, clientId });
      api.writeRequest(writer, draft, version);
      return writer.toBytes();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      const field = tooNew.exec(error.message)?.[1];
      if (field === undefined) return undefined;
      draft = without(draft, field) as object;
    }
  }
}
