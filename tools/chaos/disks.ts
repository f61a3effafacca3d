// A file system of its own for each process that stores: an ext4 in a file, mounted through a loop device. It can be
// filled to the last byte, and it can lose its power: what was not forced to disk is gone then.
import { closeSync, openSync, readdirSync, rmSync, mkdirSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import { has, ioctlProgram, isRoot, sh } from "./machine";
import type { RunSlot } from "./slot";

const diskBytes = 400 * 1024 * 1024;
/** FS_IOC_SHUTDOWN, and FS_SHUTDOWN_FLAGS_NOLOGFLUSH: down at once, without writing the journal out. */
const shutdownRequest = 0x8004587d;
const noLogFlush = 2;

/** Why there can be no loop-mounted file systems; undefined: there can. */
export async function disksRefused(directory: string): Promise<string | undefined> {
  if (!isRoot()) return "mounting needs root";
  for (const command of ["mkfs.ext4", "mount", "umount", "losetup"]) {
    if (!has(command)) return `there is no ${command}`;
  }
  const image = join(directory, "probe.img");
  const path = join(directory, "probe");
  try {
    mkdirSync(path, { recursive: true });
    closeSync(openSync(image, "w"));
    truncateSync(image, 16 * 1024 * 1024);
    await sh("mkfs.ext4", "-q", "-F", image);
    await sh("mount", "-o", "loop", image, path);
    return undefined;
  } catch (error) {
    return `loop-mounted file systems do not work here: ${(error as Error).message.split("\n")[0]}`;
  } finally {
    await sh("umount", path).catch(() => undefined);
    rmSync(image, { force: true });
    rmSync(path, { recursive: true, force: true });
  }
}

/** Why no file system can lose its power; undefined: it can. */
export function powerCutRefused(): string | undefined {
  return ioctlProgram() === undefined
    ? "there is neither python3 nor perl, one of which has to make an ioctl"
    : undefined;
}

/**
 * Makes the folder that all disks are mounted in. It is a mount of its own whose unmounts spread: whoever copies the
 * machine's mounts meanwhile (`ip netns exec` does) would otherwise keep a file system alive that has lost its power.
 */
export async function createDiskFolder(slot: RunSlot, directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  slot.noteMount(directory);
  await sh("mount", "--bind", directory, directory);
  await sh("mount", "--make-shared", directory);
}

/** The file system of one process. */
export class LoopDisk {
  private readonly image: string;
  private readonly path: string;

  constructor(
    private readonly slot: RunSlot,
    directory: string,
    readonly name: string,
  ) {
    this.image = join(directory, `${name}.img`);
    this.path = join(directory, name);
  }

  async create(): Promise<void> {
    mkdirSync(this.path, { recursive: true });
    closeSync(openSync(this.image, "w"));
    truncateSync(this.image, diskBytes);
    // No reserve for root: a full disk is full for us too. A small journal, for there is little room.
    await sh("mkfs.ext4", "-q", "-F", "-m", "0", "-J", "size=8", this.image);
    this.slot.noteMount(this.path);
    await this.mount();
    mkdirSync(this.dataPath);
    await sh("sync", "-f", this.path);
  }

  /** The folder of the process's data; beside it there is room for what fills the disk. */
  get dataPath(): string {
    return join(this.path, "data");
  }

  async mount(): Promise<void> {
    await sh("mount", "-o", "loop,noatime", this.image, this.path);
  }

  /** Everything that was not forced to disk is lost, and every call fails from now on. */
  async cutPower(): Promise<void> {
    const [program, script] =
      ioctlProgram() === "python3"
        ? ([
            "python3",
            `import fcntl,os,struct,sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), ${shutdownRequest}, struct.pack("I", ${noLogFlush}))`,
          ] as const)
        : ([
            "perl",
            `use Fcntl; sysopen(my $f, $ARGV[0], O_RDONLY) or die $!;
my $flags = pack("I", ${noLogFlush}); ioctl($f, ${shutdownRequest}, $flags) or die $!`,
          ] as const);
    await sh(program, program === "python3" ? "-c" : "-e", script, this.path);
  }

  /** After the process has ended: the disk comes back with what it had. */
  async restorePower(): Promise<void> {
    await sh("umount", this.path);
    await this.mount();
    try {
      readdirSync(this.dataPath);
    } catch (error) {
      // Not the cluster's fault: no verdict may come of it.
      throw new Error(`${this.path}: some process keeps the file system from being mounted anew`, { cause: error });
    }
  }

  /** Takes every free byte. */
  fill(): void {
    const chunk = Buffer.alloc(1024 * 1024);
    const file = openSync(this.filler, "a");
    try {
      for (let size = chunk.length; size >= 512;) {
        try {
          if (writeSync(file, chunk, 0, size) < size) size = Math.floor(size / 2);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
          size = Math.floor(size / 2);
        }
      }
    } finally {
      closeSync(file);
    }
  }

  free(): void {
    rmSync(this.filler, { force: true });
  }

  private get filler(): string {
    return `${this.path}/filler`;
  }
}
