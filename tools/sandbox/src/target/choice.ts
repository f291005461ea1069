import { Refusal } from "@demarc/deploy";
import type { Target } from "@demarc/shared/stack";
import { unreachable } from "../charts/reachable";
import { hasStandIn } from "../charts/repository";
import type { WantedChart } from "../charts/wanted";
import type { Sources } from "../providers/mirror";
import type { Provider } from "../providers/pins";

type Variables = Readonly<Record<string, string | undefined>>;

/** What takes the place of real providers and charts in one sandbox, from its start to its end. */
export interface Choice {
  readonly standIns: readonly Provider[];
  readonly charts: Sources;
}

/** What charts are chosen by. */
export interface ChartOptions {
  readonly wanted: readonly WantedChart[];
  /** Providers that a stand-in takes the place of. */
  readonly standIns: readonly Provider[];
  /** What `--providers` asks for. @default what can be had */
  readonly asked?: Sources | undefined;
  /** What the servers that run were started for. @default none run */
  readonly running?: Target | undefined;
  readonly inherited: Variables;
}

/**
 * Chooses between real charts and stand-ins: the real ones where the real Helm provider installs them and every repository can be
 * reached. A sandbox keeps what it was started with, whatever can be reached later.
 * @throws Refusal where real ones are asked for and are out of reach, or a chart has no stand-in
 */
export async function chooseCharts(options: ChartOptions): Promise<Sources> {
  const { wanted, asked, inherited } = options;
  const standIns = wantsStandIns(options);
  const silent = standIns === undefined ? await unreachable(repositoriesOf(wanted), inherited) : [];
  if (standIns === false || (standIns === undefined && silent.length === 0)) return "real";
  if (standIns === undefined && asked === "real") {
    throw new Refusal([
      `--providers real asks for real charts too, and these chart repositories cannot be reached: ${silent.join(", ")}. Make them reachable, name a mirror of them in k8s-platform's settings (mirror.charts), or take the sandbox's stand-ins: --providers stand-in.`,
    ]);
  }
  const lacking = wanted.filter(({ name }) => !hasStandIn(name));
  if (lacking.length === 0) return "stand-in";
  throw new Refusal(
    lacking.map(
      ({ name, repository }) =>
        `The sandbox has no stand-in for the chart ${name}: make its repository (${repository}) and Terraform's real providers reachable, or add one as tools/sandbox/charts/${name}.`,
    ),
  );
}

/** @returns undefined where it depends on what can be reached */
function wantsStandIns({ asked, running, standIns }: ChartOptions): boolean | undefined {
  if (running !== undefined) return running.charts !== undefined;
  if (asked === "stand-in" || standIns.some(({ type }) => type === "helm")) return true;
  return undefined;
}

function repositoriesOf(wanted: readonly WantedChart[]): string[] {
  return wanted.map(({ repository }) => repository);
}

/** @throws Refusal where `--providers` asks for others than the servers that run were started with */
export function checkSources(running: Target, asked: Sources | undefined): void {
  const { kubernetes, helm } = running.providers;
  const parts = [kubernetes, helm, running.charts];
  const agrees = parts.every((part) => asked === undefined || (part === undefined) === (asked === "real"));
  if (agrees) return;
  const real = parts.every((part) => part === undefined);
  const has = real ? "the real ones" : parts.includes(undefined) ? "stand-ins for some" : "stand-ins";
  throw new Refusal([
    `--providers ${String(asked)} asks for other providers and charts than the sandbox that runs was started with (${has}), and what they made they alone can change: end it first (npm run sandbox -- down).`,
  ]);
}

/** Tells what is no real provider or chart, in one line; nothing where all are real. */
export function choiceLine({ standIns, charts }: Choice, wanted: readonly WantedChart[]): string | undefined {
  const names = [...new Set(wanted.map(({ name }) => name))].sort();
  const parts = [
    ...(standIns.length > 0
      ? [`Terraform's providers ${standIns.map(({ type, version }) => `${type} ${version}`).join(" and ")}`]
      : []),
    ...(charts === "stand-in" && names.length > 0 ? [`the charts ${names.join(", ")}`] : []),
  ];
  return parts.length === 0
    ? undefined
    : `Stand-ins of the sandbox's own take the place of ${parts.join(", and of ")}.`;
}
