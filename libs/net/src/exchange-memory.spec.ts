import { setTimeout as sleep } from "node:timers/promises";
import { Client, serve, until } from "./testing/serve";

describe("memory", () => {
  const large = (text: string) => Buffer.alloc(50_000, text);

  it("of a request is used again when its handler says that it is free, and only then", async () => {
    const frames: Uint8Array[] = [];
    const { port } = await serve({
      handle: (frame, _connection, memory) => {
        frames.push(frame);
        if (frames.length !== 2) memory.frameIsFree();
        return Promise.resolve([Buffer.from("ok")]);
      },
    });
    const client = new Client(port);
    for (let i = 0; i < 4; i++) {
      client.send(large(String(i)));
      await until(() => client.frames.length === i + 1, "an answer");
    }
    const [first, kept, third, last] = frames.map(({ buffer }) => buffer);
    expect(kept).toBe(first);
    expect(third).not.toBe(kept);
    expect(last).toBe(third);
    expect(Buffer.from(frames[1]!).equals(large("1"))).toBe(true);
  });

  it("that was lent for an answer is given back when the answer has left, also where its client has gone", async () => {
    const given: string[] = [];
    const { port } = await serve({
      handle: (frame, _connection, memory) => {
        const text = Buffer.from(frame).toString();
        const bytes = text === "small" ? Buffer.from("s") : Buffer.alloc(20_000_000, "x");
        memory.lend(() => {
          bytes.fill("?");
          given.push(text);
        });
        return Promise.resolve([bytes]);
      },
    });
    const client = new Client(port);
    client.send("small", "large");
    await until(() => client.frames.length === 2, "the answers");
    expect(client.frames[0]!.toString()).toBe("s");
    expect(client.frames[1]!.equals(Buffer.alloc(20_000_000, "x"))).toBe(true);
    await until(() => given.length === 2, "what was lent");

    const deaf = new Client(port, false);
    deaf.socket.pause();
    deaf.send("unread");
    await sleep(50);
    expect(given).toEqual(["small", "large"]);
    deaf.socket.destroy();
    await until(() => given.length === 3, "what was lent to who has gone");
  });

  it("that is lent for an answer that nobody waits for any more is given back at once", async () => {
    const given: string[] = [];
    let goOn = (): void => undefined;
    const late = new Promise<void>((resolve) => (goOn = resolve));
    const { port, closed } = await serve({
      handle: async (frame, _connection, memory) => {
        const text = Buffer.from(frame).toString();
        if (text === "asks twice") void late.then(() => memory.lend(() => given.push("behind the answer")));
        else memory.lend(() => given.push(text));
        // The second one's answer is there before the first one's, and waits for its turn.
        if (text === "first") await late;
        return [Buffer.from(text), Buffer.alloc(100_000)];
      },
    });
    const client = new Client(port);
    client.send("asks twice");
    await until(() => client.frames.length === 1, "the answer");
    client.send("first", "second");
    await sleep(50);
    expect(given).toEqual([]);
    client.socket.destroy();
    await until(() => closed.length === 1, "the end of the connection");
    expect(given).toEqual(["second"]);
    goOn();
    await until(() => given.length === 3, "what was lent");
    expect(given.sort()).toEqual(["behind the answer", "first", "second"]);
  });
});
