import { KafkaError } from "@moldau/base";
import { alterClientQuotas } from "./alter-client-quotas";
import { World } from "./testing/world";

let world: World;
beforeEach(() => {
  world = new World();
});

type Names = Record<string, string | null>;
type Ops = Record<string, number | null>;

const entry = (names: Names, ops: Ops) => ({
  entity: Object.entries(names).map(([entityType, entityName]) => ({ entityType, entityName })),
  ops: Object.entries(ops).map(([key, value]) => ({ key, value: value ?? 0, remove: value === null })),
});

function alter(entries: ReturnType<typeof entry>[], validateOnly = false) {
  const known = (host: string) => host === "127.0.0.1" || host === "localhost";
  return world.decide(alterClientQuotas(world.image, { entries, validateOnly }, known));
}

const quotas = () =>
  [...world.image.clientQuotas.values()].map(({ entity, values }) => [
    Object.fromEntries(entity),
    Object.fromEntries(values),
  ]);

it("sets, changes and removes quotas of users, client ids and addresses", () => {
  const reply = alter([
    entry({ user: "u" }, { producer_byte_rate: 1000, request_percentage: 12.5 }),
    entry({ user: "u", "client-id": null }, { consumer_byte_rate: 5 }),
    entry({ "client-id": null }, { controller_mutation_rate: 0.5 }),
    entry({ ip: null }, { connection_creation_rate: 3 }),
    entry({ ip: "localhost" }, { connection_creation_rate: 4 }),
  ]);
  expect(reply.map(({ errorCode }) => errorCode)).toEqual([0, 0, 0, 0, 0]);
  expect(quotas()).toEqual([
    [{ user: "u" }, { producer_byte_rate: 1000, request_percentage: 12.5 }],
    [{ user: "u", "client-id": null }, { consumer_byte_rate: 5 }],
    [{ "client-id": null }, { controller_mutation_rate: 0.5 }],
    [{ ip: null }, { connection_creation_rate: 3 }],
    [{ ip: "localhost" }, { connection_creation_rate: 4 }],
  ]);
  alter([
    entry({ user: "u" }, { producer_byte_rate: null, request_percentage: 50 }),
    entry({ "client-id": null, user: "u" }, { consumer_byte_rate: null }),
    entry({ "client-id": null }, { consumer_byte_rate: null }),
  ]);
  expect(quotas().slice(0, 2)).toEqual([
    [{ user: "u" }, { request_percentage: 50 }],
    [{ "client-id": null }, { controller_mutation_rate: 0.5 }],
  ]);
});

it("writes nothing that is so already, and nothing when it only validates", () => {
  alter([entry({ user: "u" }, { producer_byte_rate: 1 })]);
  const { image } = world;
  alter([entry({ user: "u" }, { producer_byte_rate: 1, consumer_byte_rate: null })]);
  alter([entry({ user: "v" }, { producer_byte_rate: 1 })], true);
  expect(world.image).toBe(image);
  expect(alter([entry({ user: "" }, { producer_byte_rate: 1 })], true)[0]!.errorCode).toBe(KafkaError.INVALID_REQUEST);
});

it.each<[Names, Ops, RegExp]>([
  [{}, { producer_byte_rate: 1 }, /empty client quota entity/],
  [{ group: "g" }, { producer_byte_rate: 1 }, /Unhandled client quota entity type: group/],
  [{ user: "" }, { producer_byte_rate: 1 }, /Empty user not supported/],
  [{ user: "u", ip: "127.0.0.1" }, { connection_creation_rate: 1 }, /combination/],
  [{ ip: "no-such-host" }, { connection_creation_rate: 1 }, /not a valid IP or resolvable host/],
  [{ ip: "127.0.0.1" }, { producer_byte_rate: 1 }, /Invalid configuration key producer_byte_rate/],
  [{ user: "u" }, { connection_creation_rate: 1 }, /Invalid configuration key/],
  [{ user: "u" }, { producer_byte_rate: 0 }, /must be greater than 0/],
  [{ user: "u" }, { request_percentage: NaN }, /must be greater than 0/],
  [{ user: "u" }, { producer_byte_rate: 1.5 }, /cannot be a fractional value/],
  [{ user: "u" }, { producer_byte_rate: 1e19 }, /too large for a LONG/],
  [{ ip: null }, { connection_creation_rate: 2 ** 31 }, /too large for an INT/],
])("refuses %j %j, and only that", (names, ops, message) => {
  const reply = alter([entry(names, ops), entry({ user: "other" }, { producer_byte_rate: 1 })]);
  expect(reply[0]).toMatchObject({ errorCode: KafkaError.INVALID_REQUEST });
  expect(reply[0]!.errorMessage).toMatch(message);
  expect(reply[1]!.errorCode).toBe(0);
  expect(quotas()).toEqual([[{ user: "other" }, { producer_byte_rate: 1 }]]);
});

it("counts the first mention of an entity and tells of the second", () => {
  const reply = alter([
    entry({ user: "u", "client-id": null }, { producer_byte_rate: 1 }),
    entry({ "client-id": null, user: "u" }, { producer_byte_rate: 2 }),
  ]);
  expect(reply).toHaveLength(1);
  expect(reply[0]).toMatchObject({
    errorCode: KafkaError.INVALID_REQUEST,
    errorMessage: "Ignoring duplicate entity ClientQuotaEntity(entries={client-id=null, user=u})",
  });
  expect(quotas()).toEqual([[{ user: "u", "client-id": null }, { producer_byte_rate: 1 }]]);
});

it("changes nothing of an entity that names a key twice", () => {
  const twice = { key: "producer_byte_rate", value: 1, remove: false };
  const [answer] = alter([{ ...entry({ user: "u" }, {}), ops: [twice, { ...twice, value: 2 }] }]);
  expect(answer!.errorCode).toBe(KafkaError.INVALID_REQUEST);
  expect(quotas()).toEqual([]);
});
