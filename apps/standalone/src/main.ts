import { runMain, serverCommand, UsageError } from "@moldau/host";
import { allRoles } from "./all-roles";
import { upCommand } from "./up/up-command";

runMain("moldau", () => {
  const [command, ...args] = process.argv.slice(2);
  switch (command) {
    case "up":
      return upCommand(args);
    case "server":
      return serverCommand(args, { program: "moldau server", roles: allRoles, defaultRoles: [] });
    default:
      throw new UsageError(`${command ?? "(nothing)"}: this program has the commands up and server; see moldau --help`);
  }
});
