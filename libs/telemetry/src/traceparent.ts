/** What a W3C traceparent header says. Source: https://www.w3.org/TR/trace-context/ (version 00). */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  traceId: string;
  /** 16 hexadecimal digits. */
  spanId: string;
  sampled: boolean;
}

const PATTERN = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/;

/** Undefined for an empty or malformed one: then a trace begins here, as the standard says. */
export function parseTraceparent(traceparent: string): TraceContext | undefined {
  if (traceparent === "") return undefined;
  const match = PATTERN.exec(traceparent);
  if (!match || traceparent.startsWith("ff") || /^0+$/.test(match[1]!) || /^0+$/.test(match[2]!)) return undefined;
  return { traceId: match[1]!, spanId: match[2]!, sampled: (parseInt(match[3]!, 16) & 1) === 1 };
}

export function formatTraceparent({ traceId, spanId, sampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${sampled ? "01" : "00"}`;
}
