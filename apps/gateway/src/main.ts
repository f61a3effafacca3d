import { runMain, serverCommand } from "@moldau/host";
import { gatewayRole } from "@moldau/roles-gateway";

runMain("moldau-gateway", () =>
  serverCommand(process.argv.slice(2), { program: "moldau-gateway", roles: [gatewayRole], defaultRoles: ["gateway"] }),
);
