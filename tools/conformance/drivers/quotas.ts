// Sets quotas of the default user, which every client falls under, or takes them away.
import { createAdmin } from "@moldau/client";

const task = JSON.parse(process.argv[2]!) as { bootstrap: string; quotas: Record<string, number | null> };

async function main(): Promise<void> {
  const admin = createAdmin({ bootstrap: task.bootstrap.split(",") });
  try {
    await admin.alterClientQuotas({ user: null }, task.quotas);
    console.log(JSON.stringify({ event: "done" }));
  } finally {
    await admin.close();
  }
}

main().catch((error: unknown) => {
  console.log(JSON.stringify({ event: "error", error: String(error) }));
  process.exitCode = 1;
});
