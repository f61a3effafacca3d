import { INT32_MAX } from "../integers";

/** A segment as the grouping sees it. */
export interface GroupedSegment {
  baseOffset: number;
  sizeBytes: number;
  offsetIndexBytes: number;
  timeIndexBytes: number;
}

/**
 * Neighbours that become one segment, so that segments do not get ever smaller: together at most `segmentBytes` and
 * `indexBytes`, and within the 32 bits that an index has for an offset. `endOffset` (exclusive) bounds the last segment.
 * Source: Cleaner.groupSegmentsBySize.
 */
export function groupSegments<S extends GroupedSegment>(
  segments: readonly S[],
  limits: { segmentBytes: number; indexBytes: number; endOffset: number },
): S[][] {
  const groups: S[][] = [];
  let group: S[] | undefined;
  let sum = { sizeBytes: 0, offsetIndexBytes: 0, timeIndexBytes: 0 };
  for (const [i, segment] of segments.entries()) {
    const { sizeBytes, offsetIndexBytes, timeIndexBytes } = segment;
    const lastOffset = (segments[i + 1]?.baseOffset ?? limits.endOffset) - 1;
    const fits =
      group !== undefined &&
      sum.sizeBytes + sizeBytes <= limits.segmentBytes &&
      sum.offsetIndexBytes + offsetIndexBytes <= limits.indexBytes &&
      sum.timeIndexBytes + timeIndexBytes <= limits.indexBytes &&
      (sizeBytes === 0 || lastOffset - group[0]!.baseOffset <= INT32_MAX);
    if (!fits) {
      group = [];
      groups.push(group);
      sum = { sizeBytes: 0, offsetIndexBytes: 0, timeIndexBytes: 0 };
    }
    group!.push(segment);
    sum.sizeBytes += sizeBytes;
    sum.offsetIndexBytes += offsetIndexBytes;
    sum.timeIndexBytes += timeIndexBytes;
  }
  return groups;
}
