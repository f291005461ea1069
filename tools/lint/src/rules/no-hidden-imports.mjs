/** @import { TSESTree } from "@typescript-eslint/utils" */
import { ESLintUtils } from "@typescript-eslint/utils";
import { modulesOf, namesModule } from "../modules.mjs";
import { literalText, nameOf } from "../syntax.mjs";

/** Modules of Node.js that load others by whatever name they are given, or run code from a text or another file. */
const LOADERS = new Set(["module", "vm", "worker_threads"].flatMap((name) => [name, `node:${name}`]));

/** Names of files that Node.js takes, wherever they lie: an absolute path, a URL other than `node:`. */
const URL_OR_ROOT = /^(\/|[a-z]:|(?!node:)[a-z][a-z\d+.-]+:)/i;

/** What loads a module, by whatever object it is reached. */
const LOADING = new Set(["require", "createRequire", "getBuiltinModule", "mainModule", "_load"]);

/** The boundary between workspaces is read from the code: every module that a file imports stands there as a plain text. */
export const noHiddenImports = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: "problem",
    schema: [],
    messages: {
      url: "{{name}} leads past the boundary between workspaces, which is read from names of packages and relative paths. Write one of those.",
      computed: "Which module this is, nobody can read here. Name it as a plain text.",
      loader:
        "{{name}} loads modules past the boundary between workspaces, which is read from imports. Write an import.",
    },
  },
  defaultOptions: [],
  create(context) {
    /** @param {TSESTree.Node} node @param {string} name */
    const reportLoader = (node, name) => context.report({ node, messageId: "loader", data: { name } });

    const modules = modulesOf((node, module) => {
      if (LOADERS.has(module)) reportLoader(node, module);
      if (URL_OR_ROOT.test(module)) context.report({ node, messageId: "url", data: { name: module } });
    });
    return {
      ...modules,
      ImportExpression: (node) => {
        modules.ImportExpression?.(node);
        if (literalText(node.source) === undefined) context.report({ node, messageId: "computed" });
      },
      CallExpression: (node) => {
        modules.CallExpression?.(node);
        const [module, ...more] = node.arguments;
        if (!namesModule(node.callee) || module === undefined) return;
        // `require.resolve` may be told where to look.
        const elsewhere = more.length > 0 && nameOf(node.callee) === "resolve";
        if (literalText(module) === undefined || elsewhere) context.report({ node, messageId: "computed" });
      },
      MemberExpression: (node) => {
        const name = nameOf(node);
        if (name !== undefined && LOADING.has(name)) reportLoader(node, name);
      },
      Identifier: (node) => {
        if (node.name === "require" && !isNoLoader(node)) reportLoader(node, "require");
      },
    };
  },
});

/** `require.resolve("…")`, or the name of something else. @param {TSESTree.Identifier} node */
function isNoLoader(node) {
  const { parent } = node;
  if ("key" in parent && parent.key === node) return !("shorthand" in parent && parent.shorthand);
  if (parent.type !== "MemberExpression") return false;
  if (parent.property === node) return !parent.computed;
  return nameOf(parent) === "resolve" && parent.parent.type === "CallExpression" && parent.parent.callee === parent;
}
