import { ListenError, startAdminServer } from "./admin-server";

it("answers readyz with its reasons until there are none, and metrics", async () => {
  let reasons = ["broker 1: not registered yet"];
  const admin = await startAdminServer({
    host: "127.0.0.1",
    port: 0,
    source: { notReady: () => reasons, metrics: async () => "up 1\n" },
  });
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${admin.port}${path}`);
    return [response.status, await response.text()];
  };
  try {
    expect(await get("/livez")).toEqual([200, "ok\n"]);
    expect(await get("/readyz")).toEqual([503, "broker 1: not registered yet\n"]);
    reasons = [];
    expect(await get("/readyz")).toEqual([200, "ok\n"]);
    expect(await get("/metrics")).toEqual([200, "up 1\n"]);
    expect((await get("/nothing"))[0]).toBe(404);
  } finally {
    await admin.close();
  }
});

it("says which port is taken", async () => {
  const source = { notReady: () => [], metrics: async () => "" };
  const first = await startAdminServer({ host: "127.0.0.1", port: 0, source });
  await expect(startAdminServer({ host: "127.0.0.1", port: first.port, source })).rejects.toThrow(
    new ListenError(
      `admin port 127.0.0.1:${first.port} is taken: stop what listens there or choose another one (--admin-port, moldau.admin.listener)`,
    ),
  );
  await first.close();
});
