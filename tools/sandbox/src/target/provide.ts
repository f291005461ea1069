import type { Target } from "@demarc/shared/stack";
import type { WantedChart } from "../charts/wanted";
import type { GoProgram } from "../go/program";
import { makeMirror, type MirrorOptions, type MirrorPlan, type Sources } from "../providers/mirror";
import { placeStandIn } from "../providers/stand-ins";
import { type Choice, chooseCharts, choiceLine } from "./choice";

/** What providers and charts are chosen by. */
export interface ProvideOptions extends MirrorOptions {
  /** Charts that the stacks install. */
  readonly charts: readonly WantedChart[];
  /** The target of the servers that run. @default none run */
  readonly running?: Target | undefined;
}

/** What `--providers` asks for, as far as it is open: the stacks of a sandbox that runs name what it was started with. */
export function openSources(asked: Sources | undefined, running: Target | undefined): Sources | undefined {
  return running === undefined ? asked : "real";
}

/**
 * Fills the mirror with what can be had, chooses the charts, and tells in one line what is not real.
 * @returns the choice, whose stand-ins are to be built
 * @throws Refusal where something can be had from nowhere
 */
export async function provide(plan: MirrorPlan, options: ProvideOptions): Promise<Choice> {
  const { charts: wanted, asked, running, inherited, say } = options;
  const standIns = await makeMirror(plan, { ...options, asked: openSources(asked, running) });
  const choice = { standIns, charts: await chooseCharts({ wanted, standIns, asked, running, inherited }) };
  const line = choiceLine(choice, wanted);
  if (line !== undefined) say(line);
  return choice;
}

/** What stand-ins are built with. */
export interface StandInOptions extends Pick<MirrorOptions, "layout" | "variables" | "say"> {
  readonly program: GoProgram;
  /** Such as linux_amd64. */
  readonly platform: string;
  /** Ends the build. */
  readonly signal?: AbortSignal;
}

/** Builds the chosen stand-ins where they are not built, and puts them into the mirror. @throws Refusal as GoProgram.build does */
export async function provideStandIns({ standIns }: Choice, options: StandInOptions): Promise<void> {
  const { program, layout, variables, platform, say, signal } = options;
  if (standIns.length === 0) return;
  await program.build(say, variables, signal);
  for (const standIn of standIns) placeStandIn(standIn, program, layout, platform);
}
