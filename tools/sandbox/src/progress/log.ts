import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as sleep } from "node:timers/promises";
import type { Board } from "./board";
import { Progress, type StackProgress } from "./stack-progress";

/** How often a growing file is looked at, in milliseconds. */
const INTERVAL = 200;

/**
 * The lines of a file that another process writes, as they come, those that are there first. It ends when nothing writes any more.
 * @param writing whether the writer still runs
 */
export async function follow(
  file: string,
  read: (line: string) => void,
  writing: () => Promise<boolean>,
): Promise<void> {
  const descriptor = openSync(file, "r");
  const decoder = new StringDecoder("utf8");
  const buffer = Buffer.alloc(64 * 1024);
  let rest = "";
  const readAll = () => {
    for (let size = 1; size > 0;) {
      size = readSync(descriptor, buffer);
      const lines = (rest + decoder.write(buffer.subarray(0, size))).split(/\r?\n/);
      rest = lines.pop() ?? "";
      lines.forEach(read);
    }
  };
  try {
    for (let last = false; !last;) {
      last = !(await writing());
      readAll();
      if (!last) await sleep(INTERVAL);
    }
    if (rest !== "") read(rest);
  } finally {
    closeSync(descriptor);
  }
}

/** Shows how far a cdktf comes with one stack, by what it writes. @returns how far it came */
export async function followStack(
  log: string,
  stack: string,
  writing: () => Promise<boolean>,
  board: Board,
): Promise<StackProgress> {
  const progress = new Progress(stack);
  const read = (line: string) => {
    const told = progress.read(line, Date.now());
    if (told !== undefined) board.show(told);
  };
  await follow(log, read, writing);
  return progress.stack;
}
