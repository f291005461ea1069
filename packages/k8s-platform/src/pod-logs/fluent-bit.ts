/** What EKS takes of Fluent Bit's configuration. https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html */
const LONGEST = 5300;

/** Files that EKS reads in the ConfigMap, with the section that each is made of. */
const FILES: Readonly<Record<string, string>> = {
  "filters.conf": "FILTER",
  "output.conf": "OUTPUT",
  "parsers.conf": "PARSER",
};

/** What is no file: whether Fluent Bit's own log goes to CloudWatch too. */
const OWN_LOG = "flb_log_cw";

/** Plugins that a section may name. A parser has any name. */
const PLUGINS: Readonly<Record<string, readonly string[]>> = {
  FILTER: ["grep", "parser", "record_modifier", "rewrite_tag", "throttle", "nest", "modify", "kubernetes"],
  OUTPUT: ["es", "firehose", "kinesis_firehose", "cloudwatch", "cloudwatch_logs", "kinesis"],
};

/** Settings that are the service's own. */
const SERVICES = /^kube_(url|ca_file|ca_path|token_file)$/i;

/**
 * All that is wrong with a ConfigMap aws-logging, a line each: file, rule and way out. EKS leaves a wrong one out, and the pods' logs with
 * it: nothing but an event on new pods says so.
 * @param data of the ConfigMap, with its values spelt out
 */
export function loggingProblems(data: Readonly<Record<string, string>>): string[] {
  const { "output.conf": output = "", [OWN_LOG]: ownLog = "false" } = data;
  const length = Object.values(data).join("").length;
  return [
    ...(length > LONGEST ? [`has ${String(length)} characters, and EKS takes ${String(LONGEST)}; leave some out`] : []),
    ...(output.trim() === "" ? ["output.conf: says nowhere that logs are to go; name an [OUTPUT]"] : []),
    ...(["true", "false"].includes(ownLog) ? [] : [`${OWN_LOG}: "${ownLog}" must be true or false`]),
    ...Object.keys(data)
      .filter((file) => file !== OWN_LOG && !Object.hasOwn(FILES, file))
      .map((file) => `${file}: is no file that EKS reads; it reads ${Object.keys(FILES).join(", ")}`),
    ...Object.entries(FILES).flatMap(([file, section]) => fileProblems(data[file] ?? "", section, file)),
  ];
}

function fileProblems(text: string, section: string, file: string): string[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const heads = lines.filter((line) => line.trim().startsWith("["));
  const settings = lines.filter((line) => !heads.includes(line));
  const [indents, ownIndents] = [heads, settings].map((of) => new Set(of.map((line) => /^\s*/.exec(line)?.[0])));
  const names = settings.flatMap((line) => /^\s*name\s+(\S+)\s*$/i.exec(line)?.[1] ?? []);
  const plugins = PLUGINS[section];
  const said = [
    ...heads
      .filter((head) => head.trim() !== `[${section}]`)
      .map((head) => `${head.trim()} is no section of this file; it is made of [${section}]`),
    ...(lines[0] === undefined || heads.includes(lines[0]) ? [] : ["begins with no section"]),
    ...(names.length === heads.length ? [] : [`each [${section}] must have one Name`]),
    ...(plugins === undefined ? [] : names.filter((name) => !plugins.includes(name.toLowerCase()))).map(
      (name) => `${name} is not among what EKS lets in: ${(plugins ?? []).join(", ")}`,
    ),
    ...((indents?.size ?? 0) > 1 || (ownIndents?.size ?? 0) > 1
      ? ["is not indented alike throughout, which Fluent Bit does not read"]
      : []),
    ...(text.includes("${") ? ["has a variable of Fluent Bit, ${…}, which EKS does not fill in; write its value"] : []),
    ...settings
      .map((line) => line.trim().split(/\s+/)[0] ?? "")
      .filter((key) => SERVICES.test(key))
      .map((key) => `${key} is set by EKS; leave it out`),
  ];
  return said.map((message) => `${file}: ${message}`);
}
