import { runMain, serverCommand } from "@moldau/host";
import { controllerRole } from "@moldau/roles-controller";

runMain("moldau-controller", () =>
  serverCommand(process.argv.slice(2), {
    program: "moldau-controller",
    roles: [controllerRole],
    defaultRoles: ["controller"],
  }),
);
