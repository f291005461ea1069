/** Targets that have a configuration for each environment. */
const BY_ENVIRONMENT = ["synth", "diff", "deploy", "destroy"];

/**
 * The configurations that a command line of nx asks for: `--configuration=<name>`, `-c <name>`, `--prod`, `<project>:<target>:<name>`.
 *
 * @param {readonly string[]} argv
 * @returns {string[]}
 */
export function configurationsIn(argv) {
  const end = argv.indexOf("--");
  const own = end === -1 ? argv : argv.slice(0, end);
  return own.flatMap((argument, index) => {
    if (argument === "--prod") return ["production"];
    const [option = "", ...value] = argument.split("=");
    if (["--configuration", "-c"].includes(option))
      return [value.length > 0 ? value.join("=") : (own[index + 1] ?? "")];
    const [, target = "", configuration] = argument.split(":");
    return configuration !== undefined && BY_ENVIRONMENT.includes(target) ? [configuration] : [];
  });
}
