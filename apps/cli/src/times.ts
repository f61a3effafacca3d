// Moments and spans of time as people write and read them.
import { usageError } from "./errors";

const unitsMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** ISO 8601, such as 2026-11-21T09:30 or 2026-11-21T09:30:00.000+01:00; UTC where no zone is named, as Kafka's tools have it. */
export function parseDatetime(option: string, text: string): number {
  const match = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?)?$/.exec(text);
  const ms = match === null ? NaN : Date.parse(match[1] === undefined || match[4] !== undefined ? text : `${text}Z`);
  if (Number.isNaN(ms))
    throw usageError(`${option} ${text} is no time; it is like 2026-11-21T09:30:00.000 (UTC) or …+01:00`);
  return ms;
}

/** A span in milliseconds: ISO 8601 as Kafka's tools take it (P1DT2H30M), or short (90s, 15m, 2h, 7d). */
export function parseDuration(option: string, text: string): number {
  const short = /^(\d{1,9}(?:\.\d+)?)([smhd])$/.exec(text);
  if (short !== null) return Number(short[1]) * unitsMs[short[2] as keyof typeof unitsMs];
  const iso = /^P(?:(\d{1,6})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d+)?)S)?)?$/.exec(text);
  if (iso === null || /^P?T?$|T$/.test(text)) {
    throw usageError(`${option} ${text} is no span of time; it is like 90s, 15m, 2h, 7d or P1DT2H30M`);
  }
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = iso
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  return days * unitsMs.d + hours * unitsMs.h + minutes * unitsMs.m + seconds * unitsMs.s;
}

/** `0.4 s`, `95 s`, `12 min`, `30 h`, `4 d`: about two digits, which is what one compares. */
export function showSeconds(seconds: number): string {
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/** `2026-11-21 09:30:00` in UTC. */
export function showTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}
