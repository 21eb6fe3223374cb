export { type AuditedPage, accessibilityFaults } from "./accessibility.ts";
export { acta, type CommandResult } from "./command.ts";
export { type NodeProcess, startNodeProcess } from "./node-process.ts";
export { providedTool, type ToolName } from "./provided-tool.ts";
export { sharedData } from "./shared-data.ts";
