import { chosenBy, program, runMain } from "@demarc/command";
import { allEnvironments, environmentNamed } from "@demarc/shared/environment";
import { show, withUse } from "../../show";
import type { Size } from "./company";
import { measureGrowth } from "./figures";

runMain(async () => {
  const { model, ...size } = chosenBy<Size & { readonly model: string }>((choose) => {
    const sized = (flag: string, what: string, usual: string) => [flag, what, usual] as const;
    return program("npm run bench -- growth", "Measures how long things take in a large company's repository.")
      .option(...sized("--environments <number>", "how many environments it has", "10"))
      .option(...sized("--apps <number>", "how many apps it has", "100"))
      .option(...sized("--model <environment>", "the one that all are like", allEnvironments()[0]?.name ?? ""))
      .action(({ environments, apps, model: like }: Record<"environments" | "apps" | "model", string>) =>
        choose({ environments: Number(environments), apps: Number(apps), model: like }),
      );
  }, process.argv.slice(2));
  await measureGrowth(environmentNamed(model), size, (what, found) => {
    show(what, withUse(`${found.seconds.toFixed(1)} s`, found));
  });
  return 0;
});
