const CONSUMER = "consumer";

/**
 * Topics that the members of a group of type `consumer` subscribe to, read from the prefix of ConsumerProtocolSubscription
 * that all of its versions share; undefined where the group is of another type or somebody's metadata cannot be read.
 * Source: ClassicGroup.computeSubscribedTopics.
 */
export function subscribedTopics(
  protocolType: string,
  metadataOfMembers: readonly Uint8Array[],
): ReadonlySet<string> | undefined {
  if (protocolType !== CONSUMER) return undefined;
  const topics = new Set<string>();
  for (const metadata of metadataOfMembers) {
    if (!readTopics(metadata, topics)) return undefined;
  }
  return topics;
}

/** int16 version, int32 count, then strings of an int16 length: false where the bytes end before. */
function readTopics(bytes: Uint8Array, into: Set<string>): boolean {
  if (bytes.length < 6) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = view.getInt32(2);
  if (count < 0) return false;
  let at = 6;
  for (let i = 0; i < count; i++) {
    if (at + 2 > bytes.length) return false;
    const length = view.getInt16(at);
    at += 2;
    if (length < 0 || at + length > bytes.length) return false;
    into.add(utf8(bytes.subarray(at, at + length)));
    at += length;
  }
  return true;
}

/** UTF-8 without TextDecoder, which a pure room does not have. Topic names are ASCII; the rest is for strangers. */
function utf8(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i++] as number;
    let extra = 0;
    let point = first;
    if (first >= 0xf0) [extra, point] = [3, first & 0x07];
    else if (first >= 0xe0) [extra, point] = [2, first & 0x0f];
    else if (first >= 0xc0) [extra, point] = [1, first & 0x1f];
    for (; extra > 0; extra--) point = (point << 6) | ((bytes[i++] ?? 0) & 0x3f);
    text += String.fromCodePoint(Math.min(point >>> 0, 0x10ffff));
  }
  return text;
}
