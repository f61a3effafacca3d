import { runMain, serverCommand } from "@moldau/host";
import { brokerRole } from "@moldau/roles-broker";
import { gatewayRole } from "@moldau/roles-gateway";

runMain("moldau-broker", () =>
  serverCommand(process.argv.slice(2), {
    program: "moldau-broker",
    roles: [brokerRole, gatewayRole],
    defaultRoles: ["broker"],
  }),
);
