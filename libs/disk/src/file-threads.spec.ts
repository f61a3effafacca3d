import { fileThreads, moreFileThreads } from "./file-threads";

const before = process.env.UV_THREADPOOL_SIZE;
beforeEach(() => delete process.env.UV_THREADPOOL_SIZE);
afterAll(() => {
  delete process.env.UV_THREADPOOL_SIZE;
  if (before !== undefined) process.env.UV_THREADPOOL_SIZE = before;
});

it("counts four threads, eight for a server, and what the environment says before either", () => {
  expect(fileThreads()).toBe(4);
  moreFileThreads();
  expect(fileThreads()).toBe(8);
  process.env.UV_THREADPOOL_SIZE = "3";
  moreFileThreads();
  expect(fileThreads()).toBe(3);
  process.env.UV_THREADPOOL_SIZE = "many";
  expect(fileThreads()).toBe(4);
});
