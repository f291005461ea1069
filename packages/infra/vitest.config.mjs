import { covered } from "../../vitest.config.base.mjs";

export default covered;
