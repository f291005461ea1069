import { duration } from "../../progress/duration";
import { sandbox } from "../programs";
import { endToEnd } from "../whole";
import { runMain } from "@demarc/command";

// The test of one environment, in a process of its own: one/main.ts <environment> [moves]
runMain(async () => {
  const [environment = "", moves] = process.argv.slice(2);
  const started = Date.now();
  try {
    await endToEnd({ environment, moves: moves !== undefined });
  } catch (error) {
    console.error(error);
    await sandbox(["down"]);
    return 1;
  }
  console.log(`\n${environment} works, end to end: ${duration(Date.now() - started)}`);
  return 0;
});
