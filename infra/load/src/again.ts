/** The port of a process that was just killed may be taken for a moment longer. */
export async function again<Server>(start: () => Promise<Server>): Promise<Server> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }
}
