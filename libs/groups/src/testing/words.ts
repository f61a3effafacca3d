/** Bytes as transcripts write them: `topics(a,b)` is a consumer's subscription, anything else is its own text. */
export function bytesOf(text: string): Uint8Array {
  const subscription = /^topics\((.*)\)$/.exec(text);
  return subscription === null ? Buffer.from(text) : encodeSubscription((subscription[1] as string).split(","));
}

export function textOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes);
  const isSubscription = buffer.length >= 10 && buffer[0] === 0 && buffer[1] === 1;
  return isSubscription ? `topics(${decodeSubscription(buffer).join(",")})` : buffer.toString();
}

/** ConsumerProtocolSubscription version 1 without user data and owned partitions. */
function encodeSubscription(topics: string[]): Uint8Array {
  const parts = [Buffer.from([0, 1, 0, 0, 0, topics.length])];
  for (const topic of topics) parts.push(Buffer.from([0, Buffer.byteLength(topic)]), Buffer.from(topic));
  parts.push(Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]));
  return Buffer.concat(parts);
}

function decodeSubscription(bytes: Buffer): string[] {
  const topics: string[] = [];
  let at = 6;
  for (let i = 0; i < bytes.readInt32BE(2); i++) {
    const length = bytes.readInt16BE(at);
    topics.push(bytes.toString("utf8", at + 2, at + 2 + length));
    at += 2 + length;
  }
  return topics;
}
