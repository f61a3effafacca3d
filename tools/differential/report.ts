// What came out, as a table by API.
import { apis } from "@moldau/protocol";
import { type Difference, type Explanation, explanationOf } from "./compare";
import type { Exchange, VersionRange } from "./stage";

interface Row {
  versions: Set<number>;
  requests: number;
  same: number;
  explained: number;
  different: number;
}

/** SASL, ACLs, delegation tokens, SCRAM: not compared here. */
const security: ReadonlySet<number> = new Set([17, 29, 30, 31, 36, 38, 39, 40, 41, 50, 51]);

const short = (value: unknown) => {
  const text = value === undefined ? "(absent)" : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
};

export class Report {
  readonly differences: (Difference & { reason?: string })[] = [];
  private readonly rows = new Map<string, Row>();
  private readonly used = new Set<Explanation>();

  constructor(private readonly explanations: readonly Explanation[]) {}

  /** Whether every difference is explained. */
  get isClean(): boolean {
    return this.differences.every(({ reason }) => reason !== undefined);
  }

  add(exchange: Exchange, differences: readonly Difference[]): void {
    const row = this.rows.get(exchange.api) ?? {
      versions: new Set(),
      requests: 0,
      same: 0,
      explained: 0,
      different: 0,
    };
    this.rows.set(exchange.api, row);
    row.versions.add(exchange.version);
    row.requests++;
    const found = differences.map((each) => ({ each, explanation: explanationOf(each, this.explanations) }));
    for (const { each, explanation } of found) {
      if (explanation !== undefined) this.used.add(explanation);
      this.differences.push({ ...each, ...(explanation ? { reason: explanation.reason } : {}) });
    }
    if (found.length === 0) row.same++;
    else if (found.every(({ explanation }) => explanation !== undefined)) row.explained++;
    else row.different++;
  }

  print({
    versions,
    verbose,
    whole,
  }: {
    versions: ReadonlyMap<number, VersionRange>;
    verbose: boolean;
    whole: boolean;
  }): void {
    for (const { api, version, label, path, apache, moldau, reason } of this.differences) {
      if (reason !== undefined && !verbose) continue;
      console.log(`${reason === undefined ? "DIFFERENT" : "explained"} ${api} v${version}, ${label}: ${path}`);
      console.log(`    Apache Kafka ${short(apache)}`);
      console.log(`    Moldau       ${short(moldau)}`);
      if (reason !== undefined) console.log(`    ${reason}`);
    }
    const keyOf = (name: string) => [...apis.values()].find((api) => api.name === name)?.key ?? 1000;
    const table = [["API", "key", "versions", "requests", "same", "explained", "different"]];
    const sum: Row = { versions: new Set(), requests: 0, same: 0, explained: 0, different: 0 };
    for (const [name, row] of [...this.rows].sort(([a], [b]) => keyOf(a) - keyOf(b))) {
      const key = keyOf(name);
      const list = [...row.versions];
      const span = key === 1000 ? "-" : `${Math.min(...list)}-${Math.max(...list)}`;
      table.push([name, key === 1000 ? "-" : String(key), span, ...cells(row)]);
      for (const count of ["requests", "same", "explained", "different"] as const) sum[count] += row[count];
    }
    table.push(["all", "", "", ...cells(sum)]);
    const widths = table[0]!.map((_, i) => Math.max(...table.map((line) => line[i]!.length)));
    console.log("");
    table.forEach((line, i) => {
      console.log(line.map((cell, j) => (j > 2 ? cell.padStart(widths[j]!) : cell.padEnd(widths[j]!))).join("  "));
      if (i === 0 || i === table.length - 2) console.log(widths.map((width) => "-".repeat(width)).join("  "));
    });
    if (!whole) return;
    const asked = new Set([...this.rows.keys()].map(keyOf));
    for (const [key, { min, max }] of versions) {
      if (security.has(key)) continue;
      const row = this.rows.get(apis.get(key)!.name);
      const left = Array.from({ length: max - min + 1 }, (_, i) => min + i).filter(
        (version) => !row?.versions.has(version),
      );
      if (!asked.has(key) || left.length > 0)
        console.log(`not asked: ${apis.get(key)!.name} (${key}) ${left.join(", ")}`);
    }
    for (const { api, label, path, reason } of this.explanations.filter((each) => !this.used.has(each))) {
      console.log(`explanation without a difference: ${api} ${label ?? ""} ${path ?? ""}: ${reason}`);
    }
  }
}

const cells = ({ requests, same, explained, different }: Row) => [requests, same, explained, different].map(String);
