import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./bootstrap.mjs";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
const preload = pathToFileURL(join(root, "tools/with-parent.mjs")).href;

/**
 * Runs a TypeScript entry under the given Node until it has ended, and answers the exit code to end with.
 *
 * A signal reaches the child exactly once: Ctrl-C goes to the whole process group, so a child that says it has been told
 * is not told again. When npm above us is killed, the child is stopped as by SIGTERM; when we are killed, the child
 * notices by itself (with-parent.mjs).
 */
export function runChild(node, entry, args) {
  const child = spawn(node, ["--import", preload, entry, ...args], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  const told = new Set();
  child.on("message", (message) => told.add(message?.actaSignal));
  const tell = (signal) => {
    if (told.has(signal)) return;
    told.add(signal);
    child.kill(signal);
  };
  // The child's own word about a Ctrl-C needs a moment to arrive.
  const hear = (signal) => setTimeout(tell, 150, signal);
  for (const signal of signals) process.on(signal, hear);
  const stopWatching = onParentLost(() => tell("SIGTERM"));
  return new Promise((resolve) => {
    child.on("error", (error) => {
      console.error(`Node could not be started: ${error.message}`);
      resolve(1);
    });
    child.on("exit", (code, signal) => {
      stopWatching();
      for (const heard of signals) process.removeListener(heard, hear);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

// npm that is killed hard takes nobody with it. Without npm above us a changed parent is normal (nohup, disown).
function onParentLost(lost) {
  if (!process.env.npm_lifecycle_event) return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    lost();
  }, 500);
  return () => clearInterval(timer);
}
