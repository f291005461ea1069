/**
 * Id of a construct by a name that people choose. It is none of our own ids, no word of JavaScript such as `constructor`, which
 * constructs take for a child that is there, and no two names have the same: constructs write a slash as `--`, which names may have.
 * @param kind of what is named, without a dash: no two kinds in one scope begin with each other
 */
export function chosenId(kind: string, name: string): string {
  return `${kind}-${name.replaceAll("/", ":")}`;
}
