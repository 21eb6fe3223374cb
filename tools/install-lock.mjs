import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Runs the work while no other process of this machine holds the lock file, and waits for its turn.
 *
 * A lock whose holder has died is taken over, by exactly one of those who wait.
 */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  const token = `${process.pid}-${Date.now()}`;
  for (let waited = false; !take(path, token); waited = true) {
    const holder = read(path);
    if (holder && !isAlive(holder)) bury(path, holder);
    else if (!waited) console.error(`Waiting for another process that is at the same work (${path}).`);
    await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

// A link appears with its content or not at all; a file that is opened and then written could be read empty.
function take(path, token) {
  const own = `${path}.${token}`;
  writeFileSync(own, token);
  try {
    return create(() => linkSync(own, path));
  } finally {
    rmSync(own, { force: true });
  }
}

// The tombstone bears the dead holder's token, so nobody can bury the lock of the one who came after it.
function bury(path, holder) {
  const isFirst = create(() => writeFileSync(`${path}.${holder}.dead`, "", { flag: "wx" }));
  if (isFirst) rmSync(path, { force: true });
}

function create(step) {
  try {
    step();
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function isAlive(holder) {
  try {
    process.kill(Number(holder.split("-")[0]), 0);
    return true;
  } catch (error) {
    return error.code !== "ESRCH";
  }
}
