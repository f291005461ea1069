import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as sleep } from "node:timers/promises";

/** How often a growing file is looked at, in milliseconds. */
const INTERVAL = 200;

/**
 * The lines of a file that another process writes, as they come, those that are there first. It ends when nothing writes any more.
 * @param writing whether the writer still runs
 * @param passed called between looks, for what time alone brings
 */
export async function follow(
  file: string,
  read: (line: string) => void,
  writing: () => Promise<boolean>,
  passed: () => void,
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
      passed();
      if (!last) await sleep(INTERVAL);
    }
    if (rest !== "") read(rest);
  } finally {
    closeSync(descriptor);
  }
}
