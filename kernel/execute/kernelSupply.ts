import { startKernel, type KernelClient } from "./kernelClient";

/** Where notebooks get a kernel from, and where it goes when they are done. */
export interface KernelSupply {
  /**
   * A kernel in which nothing is declared.
   *
   * @param folder  the folder that cells run in: the notebook's
   * @throws KernelError with the kernel's last words, if it ends before it answers
   */
  take(folder: string): Promise<KernelClient>;
  /**
   * Gives a kernel back.
   *
   * @param isSound  whether it came to the end of its notebook
   */
  giveBack(client: KernelClient, isSound: boolean): Promise<void>;
}

/** Every notebook gets a kernel of its own. */
export const ONE_EACH: KernelSupply = {
  take: (folder) => startKernel(folder),
  giveBack: (client) => client.shutDown(),
};

/** Kernels that serve one notebook after another. */
export interface KernelPool extends KernelSupply {
  /** Ends those that nobody has. */
  close(): Promise<void>;
}

/**
 * Kernels that forget what a notebook has declared and take the next one of the same folder, so
 * that the compiler and the modules are loaded once for them all. A kernel whose notebook failed or
 * was interrupted serves no other.
 */
export function createKernelPool(): KernelPool {
  const folders = new Map<KernelClient, string>();
  const idle: KernelClient[] = [];
  const end = async (client: KernelClient): Promise<void> => {
    folders.delete(client);
    await client.shutDown();
  };
  return {
    take: async (folder) => {
      const index = idle.findIndex((client) => folders.get(client) === folder);
      if (index >= 0) {
        const [client] = idle.splice(index, 1);
        if (await hasForgotten(client)) return client;
        await end(client);
      }
      const client = await startKernel(folder);
      folders.set(client, folder);
      return client;
    },
    giveBack: async (client, isSound) => {
      if (isSound) idle.push(client);
      else await end(client);
    },
    close: async () => {
      await Promise.all(idle.splice(0).map(end));
    },
  };
}

/** Has a kernel forget its variables; false if it does not, or has ended. */
async function hasForgotten(client: KernelClient): Promise<boolean> {
  try {
    const { content } = await client.ask("shell", "roundlab_forget_request", {}).reply;
    return content.status === "ok";
  } catch {
    return false;
  }
}
