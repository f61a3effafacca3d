// Runs the scenarios named on the command line, all of them without one. Exit status 1 for the first that fails.
import { scenarios } from "./index";

const names = process.argv.slice(2);
for (const name of names.length > 0 ? names : Object.keys(scenarios)) {
  try {
    scenarios[name]!();
  } catch (error) {
    console.log(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
