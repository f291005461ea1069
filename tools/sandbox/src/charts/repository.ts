import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { chartArchive } from "./archive";
import type { WantedChart } from "./wanted";

/** Path of the repository in the EKS API, whose process serves it: one process fewer to start and to end. */
export const CHARTS_PATH = "/_sandbox/charts";

/** The sandbox's stand-ins for charts, a folder each, by the name of the chart. */
export const CHARTS_FOLDER = path.resolve(__dirname, "../../charts");

/** A file of the repository. */
export interface ChartFile {
  readonly type: string;
  readonly content: Buffer;
}

/** Whether there is a stand-in for the chart of that name. */
export function hasStandIn(name: string, folder = CHARTS_FOLDER): boolean {
  return existsSync(path.join(folder, name, "Chart.yaml"));
}

/** A Helm repository of the stand-in charts, in whatever versions are wanted at the moment: a pin can change while it serves. */
export class ChartRepository {
  /** @param wanted the charts that stacks want now */
  constructor(
    private readonly wanted: () => readonly WantedChart[],
    private readonly folder = CHARTS_FOLDER,
  ) {}

  /** A file by its path below the repository's own, such as `/index.yaml`; undefined where there is none. */
  async file(asked: string): Promise<ChartFile | undefined> {
    const charts = this.#served();
    if (asked === "/index.yaml") return { type: "application/yaml", content: Buffer.from(await this.#index(charts)) };
    const chart = charts.find((chart) => asked === `/${fileOf(chart)}`);
    return chart === undefined ? undefined : { type: "application/gzip", content: await this.#archive(chart) };
  }

  /** Each once, whatever repository it is pinned to come from. */
  #served(): WantedChart[] {
    const charts = this.wanted().filter(({ name }) => hasStandIn(name, this.folder));
    return [...new Map(charts.map((chart) => [fileOf(chart), chart])).values()];
  }

  #archive({ name, version }: WantedChart): Promise<Buffer> {
    return chartArchive(path.join(this.folder, name), version);
  }

  /** JSON, which is YAML too. */
  async #index(charts: readonly WantedChart[]): Promise<string> {
    const entries: Record<string, object[]> = {};
    for (const chart of charts) {
      const digest = createHash("sha256")
        .update(await this.#archive(chart))
        .digest("hex");
      const { name, version } = chart;
      (entries[name] ??= []).push({ apiVersion: "v2", name, version, digest, urls: [fileOf(chart)] });
    }
    return JSON.stringify({ apiVersion: "v1", entries }, undefined, 2);
  }
}

function fileOf({ name, version }: WantedChart): string {
  return `${name}-${version}.tgz`;
}
