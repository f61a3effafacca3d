import { balanceLeaders, type ControlSettings, electUncleanWhereAllowed } from "@moldau/control";
import type { Logger } from "@moldau/telemetry";
import { type ControllerQueue, NotActiveError } from "./controller-queue";

export interface LeaderElectionsOptions {
  queue: Pick<ControllerQueue, "decide">;
  isActive(): boolean;
  settings: Pick<ControlSettings, "topicDefaults">;
  /** leader.imbalance.check.interval.seconds; 0 where auto.leader.rebalance.enable is off. Unit: ms. */
  balanceMs: number;
  /** leader.imbalance.per.broker.percentage */
  imbalancePercent: number;
  /** unclean.leader.election.interval.ms */
  uncleanMs: number;
  log: Pick<Logger, "info" | "error">;
}

/** Partitions that change in one decision; the rest follows in the next. Source: Kafka's MAX_ELECTIONS_PER_IMBALANCE. */
const ELECTIONS_MAX = 1_000;
const TIMER_MS_MAX = 2 ** 31 - 1;

/**
 * Elections that nobody asked for: leadership goes back to preferred replicas (rule 24), and partitions without a leader
 * whose topics allow it since get any live one. Kafka's quorum controller moves every partition whose preferred replica can
 * lead; here the share per broker counts that its configuration documents.
 */
export function startLeaderElections(options: LeaderElectionsOptions): { stop(): void } {
  const { queue, isActive, settings, log } = options;
  const rounds = [
    {
      ms: options.balanceMs,
      what: "leadership moved back to preferred replicas",
      decide: (image: Parameters<typeof balanceLeaders>[0]) =>
        balanceLeaders(image, settings, { imbalancePercent: options.imbalancePercent, limit: ELECTIONS_MAX }),
    },
    {
      ms: options.uncleanMs,
      what: "partitions without a leader got one that may lack records, as their topics allow",
      decide: (image: Parameters<typeof balanceLeaders>[0]) => electUncleanWhereAllowed(image, settings, ELECTIONS_MAX),
    },
  ];
  const timers = rounds.flatMap(({ ms, what, decide }) => {
    if (ms <= 0) return [];
    const round = async () => {
      try {
        for (let more = true; more && isActive();) {
          let elections = 0;
          const { reply } = await queue.decide((image) => {
            const decision = decide(image);
            elections = decision.records.length;
            return decision;
          });
          if (elections > 0) log.info({ partitions: elections }, what);
          more = reply.more && elections > 0;
        }
      } catch (error) {
        if (!(error instanceof NotActiveError)) log.error({ err: error }, "a round of elections failed");
      }
    };
    const timer = setInterval(() => void round(), Math.min(ms, TIMER_MS_MAX));
    timer.unref();
    return [timer];
  });
  return {
    stop() {
      for (const timer of timers) clearInterval(timer);
    },
  };
}
