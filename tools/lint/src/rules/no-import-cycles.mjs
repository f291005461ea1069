import path from "node:path";
import { ESLintUtils } from "@typescript-eslint/utils";
import { importedFile, importPath } from "../import-graph.mjs";
import { modulesOf } from "../modules.mjs";

/**
 * No file imports itself by way of others, not even for a type: what is in a circle can be neither read nor moved alone.
 * `import-x/no-cycle` looks past types.
 */
export const noImportCycles = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: "problem",
    schema: [
      { type: "object", properties: { root: { type: "string" } }, required: ["root"], additionalProperties: false },
    ],
    messages: {
      cycle:
        "This import closes a circle: {{way}}. Move what both files need into a third one, or let the lower one describe what it is given.",
    },
  },
  defaultOptions: [{ root: "" }],
  create(context, [{ root }]) {
    const file = context.filename;
    return modulesOf((node, module) => {
      const target = importedFile(module, file);
      const back = target === undefined ? undefined : importPath(target, file);
      if (back === undefined) return;
      const way = [file, ...back].map((step) => path.relative(root, step)).join(" -> ");
      context.report({ node, messageId: "cycle", data: { way } });
    });
  },
});
