import { imageOf, record } from "@moldau/metadata";
import {
  ApiKey,
  readDescribeLogDirsResponse,
  Reader,
  readResponseHeader,
  writeDescribeLogDirsRequest,
  Writer,
} from "@moldau/protocol";
import { describeLogDirs } from "./apis/35-describe-log-dirs";
import type { Call } from "./call";
import type { Gateway } from "./gateway";

it("has nothing to tell of a coordinator that stands apart, and asks nobody", async () => {
  const image = imageOf(
    [
      record("RegisterBrokerRecord", {
        brokerId: 101,
        incarnationId: "AAAAAAAAAAAAAAAAAAAAAQ",
        brokerEpoch: 5,
        endPoints: [],
        rack: null,
        fenced: false,
        inControlledShutdown: false,
        logDirs: [],
      }),
      record("NodeRolesRecord", { nodeId: 101, roles: ["coordinator"] }),
    ],
    { offset: 1, epoch: 1 },
  );
  const writer = new Writer();
  writeDescribeLogDirsRequest(writer, { topics: null }, 4);
  const call = {
    apiKey: ApiKey.DescribeLogDirs,
    version: 4,
    correlationId: 1,
    targetNode: 101,
    body: writer.toBytes(),
  };
  const answer = await describeLogDirs(call as unknown as Call, { image } as unknown as Gateway);
  const reader = new Reader(Buffer.concat(answer as Uint8Array[]));
  readResponseHeader(reader, ApiKey.DescribeLogDirs, 4);
  expect(readDescribeLogDirsResponse(reader, 4)).toMatchObject({ errorCode: 0, results: [] });
});
