import { base } from "../../vitest.config.base.mjs";

export default base;
