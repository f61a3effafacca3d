import { diffImages, imageOf, type MetadataImage, record } from "@moldau/metadata";
import { NodeLosses } from "./node-losses";

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

const before = image({ 1: {}, 2: {} });
const never = () => new Promise<string>(() => undefined);

it.each([
  ["is fenced", { 1: { fenced: true }, 2: {} }],
  ["is unregistered", { 2: {} }],
  ["comes back as another incarnation", { 1: { epoch: 9, fenced: true }, 2: {} }],
])("ends the waiting for a node that %s, as possibly done, and for no other", async (_, after) => {
  const losses = new NodeLosses();
  const lost = losses.orLost(1, never());
  let other = "waits";
  losses.orLost(2, never()).catch(() => (other = "lost"));
  losses.follow(diffImages(before, image(after)));
  await expect(lost).rejects.toMatchObject({ name: "PeerUnavailable", mayHaveBeenSent: true });
  expect(other).toBe("waits");
});

it("leaves a node that shuts down in order, or comes back, to answer itself", async () => {
  const losses = new NodeLosses();
  let answer!: (value: string) => void;
  const asked = losses.orLost(1, new Promise<string>((resolve) => (answer = resolve)));
  losses.follow(diffImages(before, image({ 1: { fenced: true, leaving: true }, 2: {} })));
  losses.follow(diffImages(image({ 1: { fenced: true } }), before));
  answer("there");
  expect(await asked).toBe("there");
});

it("hands answers and errors on, and forgets both", async () => {
  const losses = new NodeLosses();
  expect(await losses.orLost(1, Promise.resolve("a"))).toBe("a");
  await expect(losses.orLost(1, Promise.reject(new Error("b")))).rejects.toThrow("b");
  losses.follow(diffImages(before, image({ 2: {} })));
});
