import { ESLintUtils } from "@typescript-eslint/utils";
import { modulesOf } from "../modules.mjs";

/** The whole of a provider, such as `@cdktf/provider-aws`, as against one of its sub-modules, `@cdktf/provider-aws/lib/vpc`. */
const BARREL = /^(@cdktf\/provider-[^/]+)(\/lib)?(\/index)?(\.js)?\/?$/;

/** A provider's resources are imported one sub-module at a time. */
export const providerSubmodules = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: "problem",
    schema: [],
    messages: {
      barrel:
        'This loads every resource of the provider: seconds and hundreds of megabytes for each synth and type check. Import the resource\'s own module: "{{provider}}/lib/<resource>".',
    },
  },
  defaultOptions: [],
  create(context) {
    return modulesOf((node, module) => {
      const provider = BARREL.exec(module)?.[1];
      if (provider !== undefined) context.report({ node, messageId: "barrel", data: { provider } });
    });
  },
});
