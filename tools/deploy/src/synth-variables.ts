import { ENVIRONMENT_VARIABLE, SANDBOX_VARIABLE, TARGET_VARIABLE } from "@demarc/shared/stack";

/** What a program needs to run, and the sandbox to lead a synth to its target. */
const PASSED_ON = new Set([
  ...["PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TZ", "LANG", "LANGUAGE", "TERM", "CI"],
  ...["COLORTERM", "NO_COLOR", "FORCE_COLOR", "NODE_ENV", "NODE_EXTRA_CA_CERTS"],
  ...[SANDBOX_VARIABLE, TARGET_VARIABLE, ENVIRONMENT_VARIABLE],
]);

/**
 * Environment variables of a synth: no credentials, of AWS or anything else, as it runs the code of the team that owns the project
 * and not of the person who deploys. A synth asks nothing of AWS.
 */
export function synthVariables(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(variables).filter(([name]) => PASSED_ON.has(name) || name.startsWith("LC_")),
  );
}
