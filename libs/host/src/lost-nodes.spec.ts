import { diffImages, imageOf, type MetadataImage, record } from "@moldau/metadata";
import { lostNodes } from "./lost-nodes";

function image(nodes: Record<number, { epoch?: number; fenced?: boolean; leaving?: boolean }>): MetadataImage {
  return imageOf(
    Object.entries(nodes).map(([nodeId, { epoch = 5, fenced = false, leaving = false }]) =>
      record("RegisterBrokerRecord", {
        brokerId: Number(nodeId),
        incarnationId: "AAAAAAAAAAAAAAAAAAAAAQ",
        brokerEpoch: epoch,
        endPoints: [],
        rack: null,
        fenced,
        inControlledShutdown: leaving,
        logDirs: [],
      }),
    ),
    { offset: 1, epoch: 1 },
  );
}

const both = { 1: {}, 2: {} };

it.each([
  ["is fenced", both, { 1: { fenced: true }, 2: {} }, [1]],
  ["is unregistered", both, { 2: {} }, [1]],
  ["comes back as another incarnation", both, { 1: { epoch: 9, fenced: true }, 2: {} }, [1]],
  ["shuts down in order", both, { 1: { fenced: true, leaving: true }, 2: {} }, []],
  ["is unfenced", { 1: { fenced: true }, 2: {} }, both, []],
  ["is new", { 2: {} }, both, []],
])("a node that %s", (_, before, after, lost) => {
  expect(lostNodes(diffImages(image(before), image(after)))).toEqual(lost);
});
