import { join } from "node:path";
import type { Uuid } from "@moldau/base";
import { compress, decompress } from "@moldau/compression";
import { type Disk, readText } from "@moldau/disk";
import type { RoleContext } from "@moldau/host";
import { LogStore, readCleanShutdown, readMetaProperties, type StoreEvent } from "@moldau/segment-store";
import { type SurvivingIncarnations, survivingIncarnations } from "./incarnation-file";

const PROGRESS_MS = 1_000;

/** What the directories say before they are opened. */
export interface DirectoryFacts {
  /** Undefined where all of them are new. */
  clusterId: string | undefined;
  /**
   * Epoch of the node that ran on them last, where nothing that it wrote is lost: it was stopped, or killed on a machine that
   * went on. -1 where one of the directories may lack something (KIP-966).
   */
  previousNodeEpoch: number;
  /** Incarnations after that one which were killed before they knew their epochs, and lost nothing either. */
  previousIncarnationIds: readonly Uuid[];
}

/** `log.dirs`, else `log.dir`. */
export function logDirectories({ config }: Pick<RoleContext, "config">): string[] {
  const several = config.list("log.dirs");
  return several.length > 0 ? several : [config.string("log.dir")];
}

/** Reads whose data lies there and how it was left. A directory that cannot be read is for the store to judge. */
export async function inspectDirectories(disk: Disk, directories: readonly string[]): Promise<DirectoryFacts> {
  let clusterId: string | undefined;
  const found: SurvivingIncarnations[] = [];
  for (const directory of directories) {
    const read = (name: string) => readText(disk, join(directory, name)).catch(() => undefined);
    const meta = await read("meta.properties");
    clusterId ??= meta === undefined ? undefined : readMetaProperties(meta)?.clusterId;
    const marker = await read(".kafka_cleanshutdown");
    const stopped = marker === undefined ? undefined : readCleanShutdown(marker);
    found.push(
      stopped === undefined
        ? await survivingIncarnations(disk, directory)
        : { brokerEpoch: stopped, incarnationIds: [] },
    );
  }
  const epoch = found[0]?.brokerEpoch ?? -1;
  const previousNodeEpoch = found.every(({ brokerEpoch }) => brokerEpoch === epoch) ? epoch : -1;
  const isEverywhere = (id: Uuid) => found.every(({ incarnationIds }) => incarnationIds.includes(id));
  return { clusterId, previousNodeEpoch, previousIncarnationIds: found[0]?.incarnationIds.filter(isEverywhere) ?? [] };
}

/** Opens all logs, and says how far it is while that takes. */
export function openStore(
  context: RoleContext,
  directories: readonly string[],
  clusterId: string,
  onEvent: (event: StoreEvent) => void,
): Promise<LogStore> {
  const { config, clock, random, disk, nodeId, telemetry } = context;
  let lastProgressMs = clock.monotonicMs();
  let loaded = 0;
  let total = 0;
  const tellProgress = (facts: object, isLast: boolean): void => {
    if (clock.monotonicMs() - lastProgressMs < PROGRESS_MS && !isLast) return;
    lastProgressMs = clock.monotonicMs();
    telemetry.log.info({ loaded, total, ...facts }, "loading logs");
  };
  return LogStore.open({
    directories,
    clusterId,
    nodeId,
    clock,
    random,
    disk,
    decompress,
    compress,
    parallelLoads: config.number("num.recovery.threads.per.data.dir") * directories.length,
    onEvent: (event) => {
      if (event.type === "logsFound") total = event.total;
      if (event.type === "logLoaded") {
        loaded = event.loaded;
        return tellProgress({ elapsedMs: Math.round(event.elapsedMs) }, loaded === total && total > 0);
      }
      if (event.type === "recovering") {
        const { path, checkedBytes, sizeBytes } = event;
        return tellProgress({ recovering: path, checkedBytes, sizeBytes }, false);
      }
      if (event.type !== "logsFound") logEvent(context, event);
      onEvent(event);
    },
  });
}

function logEvent({ telemetry: { log } }: RoleContext, event: StoreEvent): void {
  const { type, ...facts } = event;
  switch (event.type) {
    case "directoryOffline":
      log.error({ directory: event.directory, err: event.error }, "a log directory is offline; its partitions are too");
      break;
    case "segmentRecovered":
      if (event.truncatedBytes > 0) log.warn(facts, "a segment was cut at its first damaged batch");
      else log.debug(facts, "a segment was checked");
      break;
    case "deletionFailed":
    case "segmentsDropped":
    case "directoryIgnored":
      log.warn(facts, type);
      break;
    case "indexRebuilt":
    case "segmentsExpired":
      log.info(facts, type);
      break;
    default:
      log.debug(facts, type);
  }
}
