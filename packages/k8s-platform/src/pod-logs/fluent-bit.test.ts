import { logging } from "./fargate-logs";
import { loggingProblems } from "./fluent-bit";

const good = logging("ap-northeast-1", "/demarc/dev-a/pods");
const changed = (file: string, from: string, to: string) => {
  const text = good[file] ?? "";
  expect(text).toContain(from);
  return loggingProblems({ ...good, [file]: text.replace(from, to) });
};

describe("the configuration of Fargate's logs", () => {
  it("is as EKS takes it", () => {
    expect(loggingProblems(good)).toEqual([]);
  });

  it.each<[string, string, string, string, RegExp]>([
    ["another section", "output.conf", "[OUTPUT]", "[INPUT]", /^output\.conf: \[INPUT\] is no section of this file/],
    ["a section of another file", "filters.conf", "[FILTER]", "[OUTPUT]", /^filters\.conf: \[OUTPUT\] is no section/],
    ["an output that EKS does not let in", "output.conf", "cloudwatch_logs", "s3", /^output\.conf: s3 is not among/],
    ["a filter that EKS does not let in", "filters.conf", "Name kubernetes", "Name lua", /^filters\.conf: lua is not/],
    ["a section without a name", "filters.conf", "    Name kubernetes\n", "", /each \[FILTER\] must have one Name/],
    ["another indent", "output.conf", "    region", "  region", /^output\.conf: is not indented alike/],
    ["a variable", "output.conf", "ap-northeast-1", "${AWS_REGION}", /^output\.conf: has a variable of Fluent Bit/],
    ["what is the service's", "filters.conf", "Buffer_Size 0", "Kube_URL x", /^filters\.conf: Kube_URL is set by EKS/],
    ["a setting before any section", "parsers.conf", "[PARSER]", "    Name a\n[PARSER]", /begins with no section/],
  ])("is refused with %s", (_what, file, from, to, message) => {
    expect(changed(file, from, to)).toContainEqual(expect.stringMatching(message));
  });

  it("is refused without an output, with another file, and with what is neither true nor false", () => {
    const { "output.conf": _, ...without } = good;
    expect(loggingProblems({ ...without, "input.conf": "", flb_log_cw: "yes" })).toEqual([
      expect.stringMatching(/^output\.conf: says nowhere that logs are to go/),
      'flb_log_cw: "yes" must be true or false',
      expect.stringMatching(/^input\.conf: is no file that EKS reads/),
    ]);
  });

  it("is refused above 5300 characters", () => {
    const length = Object.values(good).join("").length;
    const filled = (more: number) =>
      loggingProblems({ ...good, "output.conf": `${good["output.conf"] ?? ""}${"\n".repeat(more)}` });
    expect(filled(5300 - length)).toEqual([]);
    expect(filled(5301 - length)).toEqual([expect.stringContaining("has 5301 characters, and EKS takes 5300")]);
  });
});
