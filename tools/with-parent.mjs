// Loaded into the child before its own code. Workers inherit the flag but have neither channel nor signals.
import { isMainThread } from "node:worker_threads";

if (isMainThread && process.channel) {
  const say = (message) => process.connected && process.send(message, () => {});
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, function told() {
      say({ actaSignal: signal });
      // Alone here, the program has not asked for this signal: it means what it always means.
      if (process.listenerCount(signal) > 1) return;
      process.removeListener(signal, told);
      process.kill(process.pid, signal);
    });
  }
  // A parent that was killed hard leaves no orphan: the program closes as by SIGTERM.
  process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
  // The channel must not keep a finished program alive.
  process.channel.unref();
}
