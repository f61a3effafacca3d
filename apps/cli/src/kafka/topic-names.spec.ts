import { topicNames } from "./topic-names";

const topics = ["__consumer_offsets", "orders", "orders.eu", "pay"].map((name) => ({ name }));

it.each([
  [undefined, ["__consumer_offsets", "orders", "orders.eu", "pay"]],
  ["orders", ["orders"]],
  ["orders.*", ["orders", "orders.eu"]],
  ["'orders','pay'", []],
  ["orders,pay", ["orders", "pay"]],
  ['"pay"', ["pay"]],
  ["nope", []],
])("names that match %s", (pattern, names) => {
  expect(topicNames(topics, { pattern })).toEqual(names);
});

it("leaves internal topics out where that is asked for, and refuses what is no expression", () => {
  expect(topicNames(topics, { pattern: ".*", excludeInternal: true })).toEqual(["orders", "orders.eu", "pay"]);
  expect(() => topicNames(topics, { pattern: "(" })).toThrow("( is an invalid regex.");
});
