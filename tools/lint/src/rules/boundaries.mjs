/** @import { Project } from "../projects.mjs" */
import path from "node:path";
import { ESLintUtils } from "@typescript-eslint/utils";
import { modulesOf } from "../modules.mjs";
import { resolvedFile } from "../resolved.mjs";
import { projectsIn } from "../projects.mjs";

/** Kinds of project that a kind of project may import. @type {Readonly<Record<Project["kind"], readonly Project["kind"][]>>} */
const MAY_IMPORT = { shared: [], workspace: ["shared"], tool: ["shared", "workspace", "tool"] };

/** The one tool that tests of packages may import: it judges what they made, imports nothing of ours, and is never deployed (0010). */
const JUDGE_OF_TESTS = "tools/judge";

/** Files at the root that source may import: nx counts them among every project's inputs. */
const IMPORTABLE_AT_ROOT = ["package.json"];

/** Workspaces import shared, never each other; nothing that is deployed imports a tool; what tests share stays in tests. */
export const boundaries = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: "problem",
    schema: [
      { type: "object", properties: { root: { type: "string" } }, required: ["root"], additionalProperties: false },
    ],
    messages: {
      workspace:
        "{{from}} imports {{to}}, but nothing crosses the line between two workspaces except a contract. Import @demarc/shared/* only; publish and consume what both need.",
      shared:
        "{{from}} is what every team agreed on and imports no other project, but this is {{to}}. Move what it needs into {{from}}.",
      tool: "{{from}} imports {{to}}, but nothing that is deployed depends on a tool. Move what both need into packages/shared.",
      relative: "The path climbs out of {{from}} into {{to}}. Import it by its package name: {{name}}.",
      outside:
        "The path climbs out of {{from}} to {{to}}, which is no input of its cached targets. Move the file into {{from}}.",
      testing: "{{to}} is there for tests only. Import it in *.test.ts or in a folder src/testing.",
    },
  },
  defaultOptions: [{ root: "" }],
  create(context, [{ root }]) {
    const projects = projectsIn(root);
    const file = path.relative(root, context.filename).split(path.sep).join("/");
    const from = projectOf(file, projects);
    if (from === undefined) return {};
    const options = compilerOptionsOf(context);
    const isTest = file.endsWith(".test.ts") || file.startsWith(`${from.folder}/src/testing/`);

    /** Whatever name a path mapping, a package's `imports` or a `file:` dependency gives it. @param {string} module */
    const aliased = (module) => {
      const resolved = resolvedFile(module, context.filename, options);
      const inside = resolved && path.relative(root, resolved).split(path.sep).join("/");
      return inside && projectOf(inside, projects) && inside;
    };

    return modulesOf((node, module) => {
      const isRelative = module.startsWith(".");
      const target = isRelative
        ? path.posix.join(path.posix.dirname(file), module)
        : (aliased(module) ?? fileOf(module, projects));
      if (target === undefined) return;
      const to = projectOf(`${target}/`, projects);
      const data = { from: from.folder, to: to?.folder ?? target, name: to?.packageName ?? "" };

      if (to === undefined) {
        const isSource = file.startsWith(`${from.folder}/src/`);
        if (isSource && !IMPORTABLE_AT_ROOT.includes(target)) context.report({ node, messageId: "outside", data });
      } else if (isTest && to.folder === JUDGE_OF_TESTS && !isRelative) {
        return;
      } else if (to !== from && !MAY_IMPORT[from.kind].includes(to.kind)) {
        const messageId = from.kind === "shared" ? "shared" : to.kind === "tool" ? "tool" : "workspace";
        context.report({ node, messageId, data });
      } else if (to !== from && isRelative) {
        context.report({ node, messageId: "relative", data });
      }
      if (to !== undefined && !isTest && isTesting(target, to)) {
        context.report({ node, messageId: "testing", data: { to: `${to.folder}/src/testing` } });
      }
    });
  },
});

/** @param {Readonly<{ sourceCode: { parserServices?: Partial<import("@typescript-eslint/utils").ParserServices> } }>} context */
function compilerOptionsOf({ sourceCode }) {
  return sourceCode.parserServices?.program?.getCompilerOptions() ?? {};
}

/** @param {string} file from the root @param {readonly Project[]} projects */
function projectOf(file, projects) {
  return projects.find(({ folder }) => file.startsWith(`${folder}/`));
}

/** Where an import by package name leads, from the root. @param {string} module @param {readonly Project[]} projects */
function fileOf(module, projects) {
  const project = projects.find(({ packageName }) => module === packageName || module.startsWith(`${packageName}/`));
  return project && project.folder + module.slice(project.packageName.length);
}

/** @param {string} target @param {Project} project */
function isTesting(target, { folder }) {
  return [`${folder}/testing`, `${folder}/src/testing`].some((prefix) => `${target}/`.startsWith(`${prefix}/`));
}
