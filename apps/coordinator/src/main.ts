import { runMain, serverCommand } from "@moldau/host";
import { coordinatorRole } from "@moldau/roles-coordinator";

runMain("moldau-coordinator", () =>
  serverCommand(process.argv.slice(2), {
    program: "moldau-coordinator",
    roles: [coordinatorRole],
    defaultRoles: ["coordinator"],
  }),
);
