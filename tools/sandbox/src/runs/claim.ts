import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { identityOf, isRunning, Refusal } from "@demarc/deploy";
import { z } from "zod";

const process_ = z.object({ pid: z.number(), started: z.string() });

/** A cdktf that a command of the sandbox started: it goes on where the command is killed. */
const cdktfAtWork = z.object({
  process: process_,
  action: z.enum(["deploy", "destroy"]),
  /** Id of the stack that it works on. */
  stack: z.string(),
  /** Key of that stack's state. */
  state: z.string(),
  startedAt: z.iso.datetime(),
  /** File with all that it prints. */
  log: z.string(),
});

const commandAtWork = z.object({
  /** Such as `up dev`. */
  command: z.string(),
  process: process_,
  startedAt: z.iso.datetime(),
  runs: z.array(cdktfAtWork),
});

export type CdktfAtWork = z.infer<typeof cdktfAtWork>;
export type CommandAtWork = z.infer<typeof commandAtWork>;

/** The right to change the sandbox, which one command has at a time. */
export class Claim {
  #content: CommandAtWork;

  private constructor(
    private readonly file: string,
    content: CommandAtWork,
    /** A command that was killed, and what its cdktfs were at. They stay on record until that is settled. */
    readonly abandoned: CommandAtWork | undefined,
  ) {
    this.#content = content;
    abandoned?.runs.forEach((run) => {
      this.works(run);
    });
  }

  /** @param file where the claim stands. @throws Refusal that tells who is at work */
  static async take(file: string, command: string): Promise<Claim> {
    const own = await identityOf(process.pid);
    if (own === undefined) throw new Error("this process does not find itself");
    const content = { command, process: own, startedAt: new Date().toISOString(), runs: [] };
    mkdirSync(path.dirname(file), { recursive: true });
    let abandoned: CommandAtWork | undefined;
    while (!created(file, content)) {
      const other = read(file);
      if (other !== undefined && (await isRunning(other.process))) throw new Refusal([atWork(other)]);
      if (removed(file, other)) abandoned = other;
    }
    return new Claim(file, content, abandoned);
  }

  /** Records what a cdktf is at, for whoever comes after a kill. */
  works(run: CdktfAtWork): void {
    this.#write([...this.#content.runs, run]);
  }

  /** What a cdktf had been at is looked after. */
  settle(run: CdktfAtWork): void {
    this.#write(this.#content.runs.filter((other) => other.log !== run.log || other.startedAt !== run.startedAt));
  }

  /** Nothing of what any cdktf had been at is left to look after. */
  settleAll(): void {
    this.#write([]);
  }

  /** Lets others work. What is not settled is left to them, as after a kill. */
  release(): void {
    if (this.#content.runs.length === 0) rmSync(this.file, { force: true });
  }

  #write(runs: readonly CdktfAtWork[]): void {
    this.#content = { ...this.#content, runs: [...runs] };
    writeFileSync(`${this.file}.new`, JSON.stringify(this.#content));
    renameSync(`${this.file}.new`, this.file);
  }
}

/** The command that is at work, or was when it was killed. */
export function read(file: string): CommandAtWork | undefined {
  try {
    return commandAtWork.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

/** In one step and with its content: a link fails where the file is there. */
function created(file: string, content: CommandAtWork): boolean {
  const draft = `${file}.${String(process.pid)}`;
  writeFileSync(draft, JSON.stringify(content));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (typeof error === "object" && error !== null && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Takes an abandoned claim away. @returns false where somebody else was quicker */
function removed(file: string, expected: CommandAtWork | undefined): boolean {
  const aside = `${file}.${String(process.pid)}.abandoned`;
  try {
    renameSync(file, aside);
  } catch {
    return false;
  }
  const found = read(aside);
  const isExpected = found?.process.pid === expected?.process.pid && found?.startedAt === expected?.startedAt;
  if (!isExpected) {
    // Another command took it between the look and the move.
    renameSync(aside, file);
    return false;
  }
  rmSync(aside, { force: true });
  return true;
}

function atWork({ command, process, startedAt, runs }: CommandAtWork): string {
  const log = runs.length === 0 ? "" : `; what it does: tail -f ${runs.map((run) => run.log).join(" ")}`;
  return `"${command}" has been at work in this sandbox since ${startedAt} (process ${String(process.pid)}): wait until it ends, or stop it with Ctrl-C${log}`;
}
