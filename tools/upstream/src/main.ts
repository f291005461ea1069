import path from "node:path";
import { chosenBy, type Choose, type Command, program, runMain } from "@demarc/command";
import { describeChart } from "./charts";
import { describe, schemaOf } from "./providers";
import { keepChart, keepProvider, keepSensitive, Refused } from "./keep";
import { sensitiveIn } from "./sensitive";

const root = path.resolve(__dirname, "../../..");

/** Folder that has the charts, each in a folder of its name. @default they come from their repositories */
type Charts = string | undefined;

function upstream(choose: Choose<{ readonly charts: Charts }>): Command {
  return program(
    "npm run upstream --",
    "Reads what the project keeps of the Helm charts and Terraform providers that it pins, and writes it into packages/k8s-platform/src/charts, packages/shared/src/testing/providers and packages/shared/src/ownership/sensitive. To be run after each change of a pin.",
  )
    .option(
      "--charts <folder>",
      "takes charts from folders in there, named as the charts, instead of from their repositories",
    )
    .action(({ charts }: { charts?: string }) => choose({ charts }));
}

/** Each pin by itself: what cannot be had keeps the data that it has, and is told. */
async function main(): Promise<number> {
  const { charts } = chosenBy(upstream, process.argv.slice(2));
  // Loaded only now: it synthesizes the platform, of which help needs nothing.
  const { releases, providers } = await import("./pinned");
  const today = new Date().toISOString().slice(0, 10);
  const left: string[] = [];
  const attempt = (pin: string, read: () => void) => {
    try {
      read();
      console.log(`${pin}: written`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      left.push(pin);
      console.error(error instanceof Refused ? reason : `${pin}: cannot be had (${reason}); its data is left as it is`);
    }
  };
  for (const release of releases()) {
    const folder = charts === undefined ? undefined : path.resolve(charts, release.chart);
    attempt(`${release.chart} ${release.version}`, () => {
      keepChart(root, { ...describeChart(root, release, folder), chart: release, read: today });
    });
  }
  for (const provider of providers()) {
    attempt(`${provider.source} ${provider.version}`, () => {
      const { isDescribed, ...pinned } = provider;
      const schema = schemaOf(pinned);
      const known = { ...pinned, read: today };
      keepSensitive(root, pinned, { ...known, ...sensitiveIn(schema) });
      if (isDescribed) keepProvider(root, pinned, { ...known, ...describe(schema) });
    });
  }
  return left.length > 0 ? 1 : 0;
}

runMain(main);
