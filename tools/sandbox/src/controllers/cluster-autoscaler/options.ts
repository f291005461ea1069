/** What of its arguments Cluster Autoscaler goes by here. */
export interface AutoscalerOptions {
  /** Keys of tags that a group must have to be the autoscaler's. */
  readonly tags: readonly string[];
  /** Where it keeps its status. */
  readonly namespace: string;
  readonly scaleDown: boolean;
  /** Milliseconds for which a node must have been empty before it goes. */
  readonly unneededTime: number;
  /** Milliseconds after a group grew in which no node goes. */
  readonly delayAfterAdd: number;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/**
 * Defaults are its own (https://github.com/kubernetes/autoscaler, cluster-autoscaler/FAQ.md, "What are the parameters to CA?").
 *
 * @param argument value of a flag by its name
 * @throws Error when it would not start with these arguments
 */
export function autoscalerOptions(argument: (name: string) => string | undefined): AutoscalerOptions {
  const provider = argument("cloud-provider");
  if (provider !== "aws") throw new Error(`--cloud-provider=${provider ?? ""}: the sandbox has AWS only`);
  const discovery = argument("node-group-auto-discovery") ?? "";
  const tags = /^asg:tag=(.+)$/.exec(discovery)?.[1]?.split(",") ?? [];
  if (tags.length === 0) throw new Error(`--node-group-auto-discovery=${discovery}: must be asg:tag=<key>,<key>`);
  return {
    tags: tags.map((tag) => tag.split("=")[0] ?? ""),
    namespace: argument("namespace") ?? "kube-system",
    scaleDown: argument("scale-down-enabled") !== "false",
    unneededTime: duration(argument("scale-down-unneeded-time") ?? "10m"),
    delayAfterAdd: duration(argument("scale-down-delay-after-add") ?? "10m"),
  };
}

/** Milliseconds of a duration as Go writes it, e.g. "1m30s". @throws Error when it is none */
export function duration(text: string): number {
  const parts = [...text.matchAll(/([0-9.]+)(ms|s|m|h)/g)];
  if (text !== "0" && (parts.length === 0 || parts.map(([part]) => part).join("") !== text)) {
    throw new Error(`"${text}" is no duration such as 90s or 10m`);
  }
  return parts.reduce((sum, [, number, unit = ""]) => sum + Number(number) * (UNITS[unit] ?? 0), 0);
}
