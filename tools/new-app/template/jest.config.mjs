import { covered } from "../../../jest.config.base.mjs";

export default covered;
