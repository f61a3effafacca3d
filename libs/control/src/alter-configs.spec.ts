import { KafkaError } from "@moldau/base";
import { alterConfigs, incrementalAlterConfigs } from "./alter-configs";
import { World } from "./testing/world";

const [TOPIC, BROKER, LOGGER, CLIENT_METRICS, GROUP] = [2, 4, 8, 16, 32] as const;
const { INVALID_REQUEST, INVALID_CONFIG } = KafkaError;

interface Change {
  name: string;
  configOperation: number;
  value: string | null;
}
const set = (name: string, value: string | null = "1"): Change => ({ name, configOperation: 0, value });

let world: World;
beforeEach(() => {
  world = new World();
  world.node(1);
  world.create({ name: "orders" });
});

const alter = (resourceType: number, resourceName: string, configs: Change[], validateOnly = false) => {
  const request = { resources: [{ resourceType, resourceName, configs }], validateOnly };
  return world.decide(incrementalAlterConfigs(world.image, world.settings, request))[0]!;
};

it.each<[string, number, string, Change[], number, string]>([
  ["a topic without a name", TOPIC, "", [set("a")], INVALID_REQUEST, "Default topic resources are not allowed."],
  ["a missing topic", TOPIC, "nope", [set("a")], KafkaError.UNKNOWN_TOPIC_OR_PARTITION, "'nope' does not exist"],
  ["a broker that is no number", BROKER, "one", [set("a")], INVALID_REQUEST, "Node id must be an integer"],
  ["a missing broker", BROKER, "9", [set("a")], KafkaError.INVALID_REQUEST, "Unexpected broker id 9"],
  ["loggers, which are no metadata", LOGGER, "1", [set("root")], INVALID_REQUEST, "Unknown resource type 8"],
  ["a subscription without a name", CLIENT_METRICS, "", [set("a")], INVALID_REQUEST, "can't be empty"],
  ["a group without a name", GROUP, "", [set("a")], INVALID_REQUEST, "Default group resources are not allowed."],
  ["a name without end", GROUP, "g".repeat(1001), [set("a")], INVALID_REQUEST, "more than 1000 characters"],
  ["a key twice", TOPIC, "orders", [set("a"), set("a")], INVALID_REQUEST, "duplicate config keys"],
  ["no value", TOPIC, "orders", [set("a", null)], INVALID_REQUEST, "Null value not supported for : a"],
  [
    "an item for what is no list",
    TOPIC,
    "orders",
    [{ name: "a", configOperation: 2, value: "1" }],
    INVALID_CONFIG,
    "Can't APPEND to key a because its type is not LIST.",
  ],
  ["what the rules refuse", TOPIC, "orders", [set("bad")], INVALID_CONFIG, "bad is bad"],
])("refuses %s", (_what, type, name, configs, errorCode, message) => {
  const { offset } = world.image;
  expect(alter(type, name, configs)).toMatchObject({
    resourceType: type,
    resourceName: name,
    errorCode,
    errorMessage: expect.stringContaining(message) as string,
  });
  expect(world.image.offset).toBe(offset);
});

it.each([
  [TOPIC, "orders"],
  [BROKER, "1"],
  [BROKER, ""],
  [CLIENT_METRICS, "s"],
  [GROUP, "g"],
])("sets, and only checks where that is asked (type %s, name %j)", (type, name) => {
  expect(alter(type, name, [set("a")], true).errorCode).toBe(0);
  expect([...world.image.configs(type, name)]).toEqual([]);
  expect(alter(type, name, [set("a")]).errorCode).toBe(0);
  expect([...world.image.configs(type, name)]).toEqual([["a", "1"]]);
  expect(alter(type, name, [{ name: "a", configOperation: 1, value: null }]).errorCode).toBe(0);
  expect([...world.image.configs(type, name)]).toEqual([]);
});

it("a resource named twice is refused each time, the others are not", () => {
  const resource = (resourceName: string) => ({
    resourceType: GROUP,
    resourceName,
    configs: [{ name: "a", value: "1" }],
  });
  const request = { resources: [resource("g"), resource("h"), resource("g")], validateOnly: false };
  const reply = world.decide(alterConfigs(world.image, world.settings, request));
  expect(reply.map(({ errorCode }) => errorCode)).toEqual([INVALID_REQUEST, 0, INVALID_REQUEST]);
  expect([...world.image.configs(GROUP, "g")]).toEqual([]);
});
