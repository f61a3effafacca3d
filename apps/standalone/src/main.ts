import { randomBytes } from "node:crypto";
import { runMain, serverCommand, UsageError } from "@moldau/host";
import { dumpCommand, importCommand } from "@moldau/offline";
import { readQuorumFile, seedQuorum } from "@moldau/roles-controller";
import { allRoles } from "./all-roles";
import { logCommand } from "./offline/log-command";
import { upCommand } from "./up/up-command";

runMain("moldau", () => {
  const [command, ...args] = process.argv.slice(2);
  switch (command) {
    case "up":
      return upCommand(args);
    case "server":
      return serverCommand(args, { program: "moldau server", roles: allRoles, defaultRoles: [] });
    case "import":
      return importCommand(args, {
        out: process.stdout,
        err: process.stderr,
        random: { next: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48 },
        nowMs: () => performance.now(),
        seedQuorum,
      });
    case "log":
      return logCommand(args);
    case "kafka-dump-log":
      return dumpCommand(args, "moldau kafka-dump-log", { out: process.stdout, err: process.stderr, readQuorumFile });
    default:
      throw new UsageError(
        `${command ?? "(nothing)"}: this program has the commands up, server, import, log and kafka-dump-log; see moldau --help`,
      );
  }
});
