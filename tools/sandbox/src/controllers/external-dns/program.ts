import path from "node:path";
import { reasonOf } from "../../eks-api/http/errors";
import type { Go } from "../../go/go";
import { MODULES } from "../../go/modules";
import { goProgram, type GoProgram } from "../../go/program";
import type { Layout } from "../../layout";

/** The real ExternalDNS, of the version that the chart installs. */
export function externalDnsProgram(layout: Pick<Layout, "go" | "logs" | "root">, go: Go): GoProgram {
  return goProgram(
    {
      name: "external-dns",
      folder: path.join(MODULES, "external-dns"),
      packages: { "external-dns": "sigs.k8s.io/external-dns" },
      flags: ["-p=2", "-ldflags=-s -w"],
      usually: "4 minutes",
      inBackground: true,
    },
    layout,
    go,
  );
}

/** Milliseconds until a build that failed is tried again: the reason may have been the network. */
const RETRY = 60_000;

/** The binary of ExternalDNS, built while nobody needs it yet. */
export class ExternalDnsBinary {
  #building = false;
  #failure: { readonly reason: string; readonly at: number } | undefined;

  constructor(
    private readonly program: Pick<GoProgram, "binary" | "complete" | "build">,
    private readonly say: (line: string) => void,
    private readonly variables: NodeJS.ProcessEnv,
  ) {}

  /** Starts the build, where it is needed: the sooner, the less anybody waits for it. */
  prepare(): void {
    if (!this.program.complete) void this.#build();
  }

  /** Its path, or undefined while it is built. Starts the build where it is needed. @throws Error where the build failed */
  get path(): string | undefined {
    if (this.program.complete) return this.program.binary("external-dns");
    if (this.#building) return undefined;
    if (this.#failure !== undefined && Date.now() < this.#failure.at + RETRY) throw new Error(this.#failure.reason);
    void this.#build();
    return undefined;
  }

  async #build(): Promise<void> {
    this.#building = true;
    try {
      await this.program.build(this.say, this.variables);
      this.#failure = undefined;
    } catch (fault) {
      this.#failure = { reason: reasonOf(fault), at: Date.now() };
      this.say(reasonOf(fault));
    } finally {
      this.#building = false;
    }
  }
}
