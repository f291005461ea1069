/** How long each stack of an `up` took, as its summary tells. */
export function stackTimes(printed: string): { stack: string; time: string }[] {
  return printed.split("\n").flatMap((line) => {
    const [, stack, time] = /^ {2}(\S+) +\d+ +(?:\d+|none) +(\S.*)$/.exec(line) ?? [];
    return stack === undefined || time === undefined ? [] : { stack, time };
  });
}
