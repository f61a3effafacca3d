import { randomUUID } from "node:crypto";
import { KafkaError } from "@moldau/base";
import { validateTopicConfig, topicConfigDefinitions } from "@moldau/config";
import { ControllerDefinition, type MetadataUpdate } from "@moldau/contracts";
import * as control from "@moldau/control";
import type { Role } from "@moldau/host";
import { parseVoters } from "@moldau/host";
import {
  applyRecords,
  emptyImage,
  imageOf,
  packEntry,
  readMetadataRecord,
  recordsOf,
  unpackEntry,
  writeMetadataRecord,
  type MetadataImage,
  type MetadataRecord,
} from "@moldau/metadata";
import { ApiKey, Reader, Writer, apis } from "@moldau/protocol";
import { startQuorum } from "./quorum";

const uuid = () => Buffer.from(randomUUID().replaceAll("-", ""), "hex").toString("base64url");
export const controllerRole: Role = {
  name: "controller",
  async start(ctx) {
    const { config, clock, telemetry, nodeId } = ctx;
    let image: MetadataImage = emptyImage();
    const settings: control.ControlSettings = {
      defaultPartitions: config.number("num.partitions"),
      defaultReplicationFactor: config.number("default.replication.factor"),
      deleteTopicEnabled: true,
      sessionTimeoutMs: config.number("broker.session.timeout.ms"),
      topicDefaults: config.topicDefaults(),
      configRules: {
        validate: (type, _n, values) => {
          if (type !== 2) return undefined;
          for (const [k, v] of values) {
            const e = validateTopicConfig(k, v);
            if (e) return e;
          }
          return undefined;
        },
        isList: (_t, k) => topicConfigDefinitions.get(k)?.type === "list",
        defaultOf: (_t, k) => topicConfigDefinitions.get(k)?.default ?? undefined,
      },
    };
    const sessions = new control.NodeSessions(settings.sessionTimeoutMs);
    const watchers = new Set<(u: MetadataUpdate) => void>();
    const log: { index: number; epoch: number; records: Uint8Array[] }[] = [];
    const quorum = await startQuorum({
      nodeId,
      voters: parseVoters(config.list("controller.quorum.voters")),
      dir: config.string("metadata.log.dir"),
      clusterId: "",
      peers: ctx.peers,
      services: ctx.services,
      clock,
      random: { next: Math.random },
      log: telemetry.log as never,
      fatal: ctx.fatal,
    });
    const update = (records: Uint8Array[], offset: number, epoch: number, begin = false): MetadataUpdate => ({
      snapshotBegin: begin,
      snapshotEnd: begin,
      records,
      lastOffset: offset,
      epoch,
      leaderId: quorum.leaderId,
      clusterId: image.clusterId,
      highWatermark: offset,
    });
    quorum.onSnapshotLoaded(() => undefined);
    quorum.onCommitted(({ index, epoch, payload }) => {
      const records = unpackEntry(payload);
      image = applyRecords(image, records.map(readMetadataRecord), { offset: index, epoch }).image;
      log.push({ index, epoch, records });
      for (const w of watchers) w(update(records, index, epoch));
    });
    let queue: Promise<unknown> = Promise.resolve();
    const decide = <R>(f: () => control.Decision<R>): Promise<{ reply: R; offset: number | undefined }> => {
      const run = queue.then(async () => {
        const { records, reply } = f();
        let all: MetadataRecord[] = [...records];
        if (all.length === 0) return { reply, offset: undefined };
        const after = applyRecords(image, all, { offset: image.offset + 1, epoch: 0 });
        if (control.touchesShards(after.delta)) all = [...all, ...control.assignShards(after.image)];
        const { index } = await quorum.propose(packEntry(all.map(writeMetadataRecord)));
        return { reply, offset: index };
      });
      queue = run.catch(() => undefined);
      return run;
    };
    quorum.onLeadership(({ active }) => {
      if (!active) return;
      sessions.reset(image, clock.monotonicMs());
      void decide(() => ({
        records: control.bootstrapRecords(image, config.string("moldau.cluster.id") || uuid()),
        reply: 0,
      }));
    });
    const timer = setInterval(() => {
      if (quorum.isActive)
        for (const id of sessions.expired(image, clock.monotonicMs()))
          void decide(() => ({ records: control.fenceNode(image, settings, id), reply: 0 }));
    }, 500);
    const nl = { errorCode: KafkaError.NOT_CONTROLLER as number };
    ctx.services.offer(ControllerDefinition, {
      async registerNode(r) {
        if (!quorum.isActive)
          return { ...nl, errorMessage: "", nodeEpoch: -1, leaderId: quorum.leaderId, clusterId: "" };
        const { reply, offset } = await decide(() =>
          control.registerNode(image, settings, sessions, r as never, clock.monotonicMs()),
        );
        const nodeEpoch = reply.nodeEpoch === -1 ? (offset ?? -1) : reply.nodeEpoch;
        if (nodeEpoch >= 0) sessions.touch(r.nodeId, nodeEpoch, clock.monotonicMs());
        return {
          errorCode: reply.errorCode,
          errorMessage: reply.errorMessage ?? "",
          nodeEpoch,
          leaderId: quorum.leaderId,
          clusterId: image.clusterId,
        };
      },
      async heartbeat(r) {
        if (!quorum.isActive)
          return { ...nl, isFenced: true, isCaughtUp: false, shouldShutDown: false, leaderId: quorum.leaderId };
        const { reply } = await decide(() => control.heartbeat(image, settings, sessions, r, clock.monotonicMs()));
        return { ...reply, leaderId: quorum.leaderId };
      },
      async alterPartition(r) {
        if (!quorum.isActive) return { ...nl, partitions: [], leaderId: quorum.leaderId };
        const { reply } = await decide(() => control.alterPartition(image, settings, r as never));
        return { ...reply, leaderId: quorum.leaderId } as never;
      },
      async allocateProducerIds(r) {
        if (!quorum.isActive) return { ...nl, firstProducerId: 0, count: 0, leaderId: quorum.leaderId };
        const { reply } = await decide(() => control.allocateProducerIds(image, r));
        return { ...reply, leaderId: quorum.leaderId };
      },
      async handle(c) {
        if (!quorum.isActive) return { body: new Uint8Array(), errorCode: 41, leaderId: quorum.leaderId };
        const api = apis.get(c.apiKey)!;
        const request = api.readRequest(new Reader(c.body), c.apiVersion) as never;
        const writer = new Writer();
        let out: { reply: unknown; offset: number | undefined };
        switch (c.apiKey) {
          case ApiKey.CreateTopics: {
            const d = await decide(() =>
              control.createTopics({ image, settings, random: { next: Math.random }, newUuid: uuid }, request),
            );
            out = { ...d, reply: { topics: d.reply.map((t) => ({ ...t, configs: [] })) } };
            break;
          }
          case ApiKey.DeleteTopics: {
            const d = await decide(() => control.deleteTopics(image, settings, request));
            out = { ...d, reply: { responses: d.reply } };
            break;
          }
          case ApiKey.CreatePartitions: {
            const d = await decide(() => control.createPartitions(image, request, { next: Math.random }));
            out = { ...d, reply: { results: d.reply } };
            break;
          }
          case ApiKey.IncrementalAlterConfigs: {
            const d = await decide(() => control.incrementalAlterConfigs(image, settings.configRules, request));
            out = { ...d, reply: { responses: d.reply } };
            break;
          }
          default:
            throw new Error("interim");
        }
        api.writeResponse(writer, out.reply as never, c.apiVersion);
        return { body: writer.toBytes(), metadataOffset: out.offset };
      },
      async *watchMetadata(_r, call) {
        while (image.offset < 0) await new Promise((r) => setTimeout(r, 5));
        const buffer: MetadataUpdate[] = [
          update([...recordsOf(image)].map(writeMetadataRecord), image.offset, image.epoch, true),
        ];
        let wake = () => {};
        const w = (u: MetadataUpdate) => {
          buffer.push(u);
          wake();
        };
        watchers.add(w);
        const t = setInterval(() => w(update([], image.offset, image.epoch)), 1000);
        try {
          while (!call.signal?.aborted) {
            while (buffer.length) yield buffer.shift()!;
            await new Promise<void>((r) => {
              wake = r;
            });
          }
        } finally {
          watchers.delete(w);
          clearInterval(t);
        }
      },
    });
    void imageOf;
    void log;
    return {
      notReady: () => (quorum.leaderId >= 0 ? [] : ["no leader"]),
      drain: async () => {},
      stop: async () => {
        clearInterval(timer);
        await quorum.stop();
      },
    };
  },
};
