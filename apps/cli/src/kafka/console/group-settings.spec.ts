import { groupSettings } from "./group-settings";

const of = (properties: Record<string, string>) => groupSettings(new Map(Object.entries(properties)));

it("takes either protocol's own keys", () => {
  expect(of({})).toMatchObject({ groupProtocol: "classic" });
  expect(of({ "session.timeout.ms": "9000", "group.instance.id": "a" })).toMatchObject({
    sessionTimeoutMs: 9000,
    groupInstanceId: "a",
  });
  expect(of({ "group.protocol": "CONSUMER", "group.remote.assignor": "range" })).toMatchObject({
    groupProtocol: "consumer",
    serverAssignor: "range",
  });
});

it("refuses those of the other one, in Kafka's words", () => {
  expect(() => of({ "group.protocol": "consumer", "session.timeout.ms": "1", "heartbeat.interval.ms": "1" })).toThrow(
    "heartbeat.interval.ms, session.timeout.ms cannot be set when group.protocol=CONSUMER",
  );
  expect(() => of({ "group.remote.assignor": "range" })).toThrow(
    "group.remote.assignor cannot be set when group.protocol=CLASSIC",
  );
  expect(() => of({ "group.protocol": "newer" })).toThrow(
    "Invalid value newer for configuration group.protocol: String must be one of: (case insensitive) CLASSIC, CONSUMER",
  );
  expect(() => of({ "partition.assignment.strategy": "org.x.StickyAssignor" })).toThrow("RangeAssignor alone");
});
