import { randomBytes } from "node:crypto";
import { type Uuid, ZERO_UUID } from "@moldau/base";

/**
 * A random id. None begins with a dash, so that it can be given on a command line, and none is one of Kafka's reserved
 * ids, which are small numbers. Source: Kafka's Uuid.randomUuid.
 */
export function newUuid(): Uuid {
  for (;;) {
    const bytes = randomBytes(16);
    // Version 4, variant 1 of RFC 4122; with the version set an id cannot be a small number.
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const id = bytes.toString("base64url");
    if (!id.startsWith("-") && id !== ZERO_UUID) return id;
  }
}
