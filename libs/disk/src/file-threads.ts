/** Threads of libuv's pool where nobody says otherwise. */
const THREADS_OF_LIBUV = 4;
/** A server's: three for names, three for syncs, and two that nothing but reads and writes may hold. */
const THREADS_OF_A_SERVER = 8;
const VARIABLE = "UV_THREADPOOL_SIZE";

/** Threads that this process's file calls share. */
export function fileThreads(): number {
  const given = Number(process.env[VARIABLE]);
  return Number.isInteger(given) && given > 0 ? given : THREADS_OF_LIBUV;
}

/** For the main function of a server, before its first file call: more threads, unless the environment gives a number. */
export function moreFileThreads(): void {
  process.env[VARIABLE] ??= String(THREADS_OF_A_SERVER);
}
