import { readDescribeGroupsRequest, readDescribeGroupsResponse } from "./generated/15-describe-groups";
import { writeDescribeGroupsRequest, writeDescribeGroupsResponse } from "./generated/15-describe-groups";
import { Reader } from "./reader";
import { readRebalances, rebalancesTag, rebalancesWanted, wantsRebalances } from "./rebalance-tag";
import { Writer } from "./writer";

const summary = {
  startedAtMs: 1_700_000_000_000,
  reason: "member a joins",
  generation: 3,
  tookMs: 12,
  members: [{ memberId: "a", tookMs: 7 }],
  removed: ["b"],
};

describe("rebalances beside DescribeGroups", () => {
  it("come to who asks for them", () => {
    const request = new Writer();
    writeDescribeGroupsRequest(request, { groups: ["g"], unknownTags: [rebalancesWanted] }, 5);
    const asked = readDescribeGroupsRequest(new Reader(request.toBytes()), 5);
    expect([wantsRebalances(asked.unknownTags), wantsRebalances(undefined)]).toEqual([true, false]);

    const answer = new Writer();
    const groups = [{ groupId: "g", unknownTags: [rebalancesTag([summary])] }, { groupId: "h" }];
    writeDescribeGroupsResponse(answer, { groups }, 5);
    const told = readDescribeGroupsResponse(new Reader(answer.toBytes()), 5);
    expect(told.groups.map(({ unknownTags }) => readRebalances(unknownTags))).toEqual([[summary], []]);
  });

  it("are passed over where they are not ours", () => {
    const strange = (text: string) => [{ tag: rebalancesWanted.tag, data: Buffer.from(text) }];
    expect(readRebalances(strange("{"))).toEqual([]);
    expect(readRebalances(strange('{"reason":1}'))).toEqual([]);
    expect(readRebalances(strange("[1, null, {}]"))).toEqual([]);
  });
});
