import { TOPIC_NAME_LENGTH_MAX, topicNameProblem } from "./topic-name";

it.each(["a", "a.b_c-D9", "__consumer_offsets", "x".repeat(TOPIC_NAME_LENGTH_MAX)])("takes %s", (name) => {
  expect(topicNameProblem(name)).toBeUndefined();
});

it.each(["", ".", "..", "a b", "é", "a/b", "x".repeat(TOPIC_NAME_LENGTH_MAX + 1)])("refuses %j", (name) => {
  expect(topicNameProblem(name)).toMatch(/^Topic name is invalid: /);
});
