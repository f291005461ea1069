import path from "node:path";
import { parseArgs } from "node:util";
import { releases, providers } from "./pinned";
import { describeChart } from "./charts";
import { describeProvider } from "./providers";
import { keepChart, keepProvider, Refused } from "./keep";

const usage = `npm run upstream [-- --charts <folder>]

Reads what the project keeps of the Helm charts and Terraform providers that it pins, and writes it into
packages/k8s-platform/src/charts and packages/shared/src/testing/providers. Run it after each change of a pin.

  --charts <folder>   takes charts from folders in there, named as the charts, instead of from their repositories`;

const root = path.resolve(__dirname, "../../..");

/** Each pin by itself: what cannot be had keeps the data that it has, and is told. */
function main(): void {
  const { values: options } = parseArgs({ options: { charts: { type: "string" }, help: { type: "boolean" } } });
  if (options.help === true) {
    console.log(usage);
    return;
  }
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
    const folder = options.charts === undefined ? undefined : path.resolve(options.charts, release.chart);
    attempt(`${release.chart} ${release.version}`, () => {
      keepChart(root, { ...describeChart(root, release, folder), chart: release, read: today });
    });
  }
  for (const provider of providers()) {
    attempt(`${provider.source} ${provider.version}`, () => {
      keepProvider(root, provider, { ...provider, read: today, ...describeProvider(provider) });
    });
  }
  if (left.length > 0) process.exitCode = 1;
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
