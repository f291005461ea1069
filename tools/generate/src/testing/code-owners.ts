/**
 * Owners of a file by CODEOWNERS, as GitHub finds them: the last line whose pattern matches counts, alone.
 * https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 * @param content of CODEOWNERS
 * @param file from the repository's root, such as `packages/infra/package.json`
 * @returns owners such as `@example/infra`; none where no line matches
 * @throws Error for a pattern of another form than `*` and `/folder/`: the rules of the others are not known here
 */
export function ownersOf(content: string, file: string): readonly string[] {
  const fitting = linesOf(content).filter(({ pattern }) => matches(pattern, file));
  return fitting.at(-1)?.owners ?? [];
}

function linesOf(content: string): { pattern: string; owners: readonly string[] }[] {
  return content
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [pattern = "", ...owners] = line.split(/ +/);
      return { pattern, owners };
    });
}

/** A folder's own slash at the end keeps it from being the beginning of another folder's name. */
function matches(pattern: string, file: string): boolean {
  if (pattern === "*") return true;
  if (!/^\/([a-z0-9-]+\/)+$/.test(pattern)) throw new Error(`CODEOWNERS has the pattern ${pattern}`);
  return `/${file}`.startsWith(pattern);
}
