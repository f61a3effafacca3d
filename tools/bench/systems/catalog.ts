import { join } from "node:path";
import { ApacheKafka, apacheKafkaVersion, whyNoApacheKafka } from "./apache-kafka";
import { Moldau } from "./moldau";
import type { Place, System } from "./system";

/** What a system is, without the number of its brokers. */
export type Kind = "one" | "ports" | "self" | "kafka";

export const kinds: Readonly<Record<Kind, { title: string; args: readonly string[] }>> = {
  one: { title: "Moldau, one process", args: [] },
  ports: { title: "Moldau, split, gateway apart (gRPC)", args: ["--split", "--advertise", "ports"] },
  self: { title: "Moldau, split, --advertise self", args: ["--split", "--advertise", "self"] },
  kafka: { title: `Apache Kafka ${apacheKafkaVersion}`, args: [] },
};

export const kindNames = Object.keys(kinds) as Kind[];

/** `one` with one broker, `one-3` with three. */
export const systemName = (kind: Kind, brokers: number): string => (brokers === 1 ? kind : `${kind}-${brokers}`);

export function systemTitle(kind: Kind, brokers: number): string {
  if (brokers === 1) return kinds[kind].title;
  return `${kinds[kind].title}, ${brokers} brokers${kind === "kafka" ? ` in ${brokers} JVMs` : ""}`;
}

/** Why a kind cannot be measured here; undefined where it can. */
export const whyNot = (kind: Kind): string | undefined => (kind === "kafka" ? whyNoApacheKafka() : undefined);

/** A system that was not started yet. `slot` tells those apart that run at the same time: 0 to 8. */
export function systemOf(
  kind: Kind,
  brokers: number,
  at: { dir: string; port: number; slot: number; profiles?: string },
): System {
  const name = systemName(kind, brokers);
  // Moldau's inner ports are those of its nodes 1 to 3, 101, 201, 301, 10,000 above: ten for each system do not meet.
  const place: Place = {
    dir: join(at.dir, name),
    port: at.port + 10 * at.slot,
    adminPort: at.port + 500 + 10 * at.slot,
  };
  const title = systemTitle(kind, brokers);
  if (kind === "kafka") return new ApacheKafka(name, title, brokers, place);
  return new Moldau(name, title, brokers, kinds[kind].args, place, at.profiles);
}
