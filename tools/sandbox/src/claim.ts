import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { identityOf, isRunning, Refusal } from "@demarc/deploy";
import { z } from "zod";

const process_ = z.object({ pid: z.number(), started: z.string() });

/** A cdktf that a command of the sandbox started: it goes on where the command is killed. */
const cdktfAtWork = z.object({
  process: process_,
  action: z.enum(["deploy", "destroy"]),
  /** Stacks that it works on. */
  stacks: z.array(z.string()),
  startedAt: z.iso.datetime(),
  /** File with all that it prints. */
  log: z.string(),
});

const commandAtWork = z.object({
  /** Such as `up dev`. */
  command: z.string(),
  process: process_,
  startedAt: z.iso.datetime(),
  cdktf: cdktfAtWork.optional(),
});

export type CdktfAtWork = z.infer<typeof cdktfAtWork>;
export type CommandAtWork = z.infer<typeof commandAtWork>;

/** The right to change the sandbox, which one command has at a time. */
export class Claim {
  #content: CommandAtWork;

  private constructor(
    private readonly file: string,
    content: CommandAtWork,
    /** A command that was killed, and what its cdktf was at. It stays on record until that is settled. */
    readonly abandoned: CommandAtWork | undefined,
  ) {
    this.#content = content;
    if (abandoned?.cdktf !== undefined) this.works(abandoned.cdktf);
  }

  /** @param file where the claim stands. @throws Refusal that tells who is at work */
  static async take(file: string, command: string): Promise<Claim> {
    const own = await identityOf(process.pid);
    if (own === undefined) throw new Error("this process does not find itself");
    const content = { command, process: own, startedAt: new Date().toISOString() };
    mkdirSync(path.dirname(file), { recursive: true });
    let abandoned: CommandAtWork | undefined;
    while (!created(file, content)) {
      const other = read(file);
      if (other !== undefined && (await isRunning(other.process))) throw new Refusal([atWork(other)]);
      if (removed(file, other)) abandoned = other;
    }
    return new Claim(file, content, abandoned);
  }

  /** Records what cdktf is at, for whoever comes after a kill. */
  works(cdktf: CdktfAtWork): void {
    this.#write({ ...this.#content, cdktf });
  }

  /** What cdktf had been at is looked after. */
  settle(): void {
    const { cdktf: _, ...content } = this.#content;
    this.#write(content);
  }

  /** Lets others work. What is not settled is left to them, as after a kill. */
  release(): void {
    if (this.#content.cdktf === undefined) rmSync(this.file, { force: true });
  }

  #write(content: CommandAtWork): void {
    this.#content = content;
    writeFileSync(`${this.file}.new`, JSON.stringify(content));
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

function atWork({ command, process, startedAt, cdktf }: CommandAtWork): string {
  const log = cdktf === undefined ? "" : `; what it does: tail -f ${cdktf.log}`;
  return `"${command}" has been at work in this sandbox since ${startedAt} (process ${String(process.pid)}): wait until it ends, or stop it with Ctrl-C${log}`;
}
