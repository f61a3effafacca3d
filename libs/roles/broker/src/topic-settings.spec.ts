import { SharedSettings } from "./topic-settings";

const none: ReadonlyMap<string, string> = new Map();
const broker = { replicaLagTimeMaxMs: 30_000, producerIdExpirationMs: 86_400_000 };
const defaults = new Map([["retention.ms", "1000"]]);

it("topics without a configuration of their own share their settings, others have theirs", () => {
  const shared = new SharedSettings();
  const settings = shared.of(none, defaults, { ...broker });
  expect(settings.log.retentionMs).toBe(1_000);
  expect(shared.of(none, defaults, { ...broker })).toBe(settings);
  const own = new Map([["retention.ms", "5"]]);
  expect(shared.of(own, defaults, broker).log.retentionMs).toBe(5);
  expect(shared.of(own, defaults, broker)).toBe(shared.of(own, defaults, broker));
});

it("reads anew when the topic's configuration, the defaults or the broker's settings are others", () => {
  const shared = new SharedSettings();
  const first = shared.of(none, defaults, broker);
  expect(shared.of(new Map([["max.message.bytes", "9"]]), defaults, broker).maxMessageBytes).toBe(9);
  expect(shared.of(none, new Map([["retention.ms", "7"]]), broker).log.retentionMs).toBe(7);
  const patient = shared.of(none, defaults, { ...broker, replicaLagTimeMaxMs: 1 });
  expect(patient.partition.replicaLagTimeMaxMs).toBe(1);
  expect(shared.of(none, defaults, { ...broker, producerIdExpirationMs: 2 }).partition.producerIdExpirationMs).toBe(2);
  expect(shared.of(none, defaults, broker)).toEqual(first);
});
