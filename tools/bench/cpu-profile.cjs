// Required by a process that is to be profiled for a while (NODE_OPTIONS=--require …): SIGUSR2 starts a CPU profile, the
// next one ends it and writes it to CPU_PROFILE_DIR/<pid>.cpuprofile.
"use strict";
const { Session } = require("node:inspector");
const { writeFileSync } = require("node:fs");
const { join } = require("node:path");

let session;
process.on("SIGUSR2", () => {
  if (session === undefined) {
    session = new Session();
    session.connect();
    session.post("Profiler.enable");
    session.post("Profiler.setSamplingInterval", { interval: 500 });
    session.post("Profiler.start");
    return;
  }
  const ending = session;
  session = undefined;
  ending.post("Profiler.stop", (_, { profile }) => {
    writeFileSync(join(process.env.CPU_PROFILE_DIR, `${process.pid}.cpuprofile`), JSON.stringify(profile));
    ending.disconnect();
  });
});
