import { controllersOf, parseListeners, parseVoters } from "./parse-listeners";

it("reads listeners with names, IPv6 and empty hosts", () => {
  expect(parseListeners("listeners", ["PLAINTEXT://127.0.0.1:9092", "rpc://[::1]:19092", "SSL://:9093"])).toEqual([
    { name: "PLAINTEXT", host: "127.0.0.1", port: 9092 },
    { name: "RPC", host: "::1", port: 19092 },
    { name: "SSL", host: "", port: 9093 },
  ]);
});

it.each(["127.0.0.1:9092", "PLAINTEXT://host", "PLAINTEXT://h:99999", "PLAINTEXT://::1:9092"])("refuses %s", (item) => {
  expect(() => parseListeners("listeners", [item])).toThrow(/listeners: ".*" is not NAME:\/\/host:port/);
});

it("refuses a name that is given twice", () => {
  expect(() => parseListeners("listeners", ["A://h:1", "A://h:2"])).toThrow("listener A is given twice");
});

it("reads voters", () => {
  expect(parseVoters(["201@127.0.0.1:19293", "202@[::1]:5"])).toEqual([
    { id: 201, host: "127.0.0.1", port: 19293 },
    { id: 202, host: "::1", port: 5 },
  ]);
  expect(() => parseVoters(["127.0.0.1:9093"])).toThrow("is not id@host:port");
});

it("knows the controllers by their ids, or by their addresses only", () => {
  const config = (voters: string[], bootstrap: string[]) => ({
    list: (key: string) => (key === "controller.quorum.voters" ? voters : bootstrap),
  });
  expect(controllersOf(config(["3@a:1"], ["b:2"]))).toEqual([{ id: 3, host: "a", port: 1 }]);
  expect(controllersOf(config([], ["b:2", "[::1]:3"]))).toEqual([
    { id: -2, host: "b", port: 2 },
    { id: -3, host: "::1", port: 3 },
  ]);
  expect(() => controllersOf(config([], ["b"]))).toThrow("controller.quorum.bootstrap.servers");
});
