import { parseResetPlan } from "./reset-file";

it("reads both forms of Kafka's file", () => {
  expect([...parseResetPlan('orders,0,5\n"orders",1,6\n', ["g"])]).toEqual([
    [
      "g",
      [
        { topic: "orders", partition: 0, offset: 5 },
        { topic: "orders", partition: 1, offset: 6 },
      ],
    ],
  ]);
  expect([...parseResetPlan("g,orders,0,5\nh,orders,0,6\n", ["g", "h"]).keys()]).toEqual(["g", "h"]);
  expect(() => parseResetPlan("g;orders;0;5", ["g", "h"])).toThrow(/a line is group,topic,partition,offset/);
});
